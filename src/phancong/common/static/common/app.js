/* Small helps; every page works without them. */
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  /* Without a network nothing is sent: the words stay on the screen, to be sent again with the same press. */
  function sayOffline(form) {
    var told = form.querySelector("[data-offline]") || document.createElement("p");
    told.setAttribute("role", "alert");
    told.setAttribute("data-offline", "");
    told.className = "notice notice--bad";
    told.textContent = "Mất mạng, chưa gửi được – nội dung vẫn còn trên màn hình. Có mạng rồi bấm lại.";
    form.insertBefore(told, form.firstChild);
  }
  document.querySelectorAll("form[data-busy]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (navigator.onLine === false) { event.preventDefault(); sayOffline(form); return; }
      form.querySelectorAll("button[type=submit]").forEach(function (button) {
        window.setTimeout(function () { button.disabled = true; button.textContent = form.dataset.busy; }, 0);
      });
    });
  });
  /* A photograph goes smaller over a slow line; the server makes it smaller in any case. */
  document.querySelectorAll("input[type=file][data-shrink]").forEach(function (field) {
    if (!window.createImageBitmap || !window.DataTransfer) { return; }
    field.addEventListener("change", function () {
      var file = field.files[0];
      if (!file) { return; }
      createImageBitmap(file).then(function (image) {
        var scale = Math.min(1, Number(field.dataset.shrink) / Math.max(image.width, image.height));
        var canvas = document.createElement("canvas");
        canvas.width = Math.round(image.width * scale);
        canvas.height = Math.round(image.height * scale);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(function (small) {
          if (!small || small.size >= file.size || field.files[0] !== file) { return; }
          var held = new DataTransfer();
          held.items.add(new File([small], "anh.jpg", {type: "image/jpeg"}));
          field.files = held.files;
        }, "image/jpeg", 0.8);
      }).catch(function () { return null; });
    });
  });
  /* What is being written is kept on the server while the page is open and when a field is left; the page says so. */
  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    var said = form.querySelector("[data-draft-state]"), sent = written(), sending = false;
    function written() {
      return Array.prototype.map.call(form.querySelectorAll("textarea"), function (area) { return area.value; }).join("\n\n");
    }
    function keep() {
      var now = written();
      if (sending || now === sent || !window.fetch) { return; }
      sending = true;
      var body = new FormData(form);
      body.append("luu", "1");
      fetch(form.dataset.draft || window.location.href, {method: "POST", credentials: "same-origin", body: body,
        headers: {"X-Requested-With": "fetch"}}).then(function (answer) {
        if (answer.status !== 204) { throw new Error("not kept"); }
        sent = now;
        said.textContent = "Bản nháp đã giữ trên máy chủ.";
      }).catch(function () {
        said.textContent = "Chưa gửi được, nội dung vẫn còn trên màn hình. Sẽ tự gửi lại.";
      }).then(function () { sending = false; });
    }
    window.setInterval(keep, 15000);
    form.addEventListener("focusout", keep);
  });
  var summary = document.querySelector(".main > .errors");
  if (summary) { summary.focus(); }
})();
/* Keys of this device. Without this script, or on a device without keys, everything else still works. */
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) { return; }

  function toBytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (char) { return char.charCodeAt(0); });
  }
  function toText(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function token() {
    return document.querySelector("input[name=csrfmiddlewaretoken]").value;
  }
  function ask(url, body) {
    return fetch(url, {
      method: "POST", credentials: "same-origin", body: JSON.stringify(body || {}),
      headers: {"Content-Type": "application/json", "X-CSRFToken": token()}
    }).then(function (answer) {
      if (answer.redirected) { window.location.assign(answer.url); throw new Error("moved"); }
      return answer.json();
    });
  }
  function withBytes(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, {id: toBytes(one.id)}); });
  }
  function answerOf(credential) {
    var response = credential.response, told = {clientDataJSON: toText(response.clientDataJSON)};
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (response[name]) { told[name] = toText(response[name]); }
    });
    return {id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: told,
      clientExtensionResults: credential.getClientExtensionResults()};
  }
  function go(place, told) {
    if (told.next) { window.location.assign(told.next); return; }
    say(place, told.refusal || "Chưa dùng được khóa. Thử lại, hoặc dùng cách khác.");
  }
  function say(place, text) {
    var line = place.querySelector("[data-refusal]");
    line.textContent = text;
    line.hidden = false;
  }
  function failed(place) {
    return function (error) {
      if (error.message !== "moved") { say(place, "Máy chưa xác nhận. Thử lại, hoặc dùng cách khác."); }
    };
  }

  document.querySelectorAll("[data-passkey]").forEach(function (place) {
    place.hidden = false;
    place.querySelector("button").addEventListener("click", function () {
      ask(place.dataset.question).then(function (told) {
        var options = told.publicKey;
        options.challenge = toBytes(options.challenge);
        options.allowCredentials = withBytes(options.allowCredentials);
        return navigator.credentials.get({publicKey: options});
      }).then(function (credential) {
        return ask(place.dataset.answer + "?next=" + encodeURIComponent(place.dataset.next), answerOf(credential));
      }).then(function (told) { go(place, told); }).catch(failed(place));
    });
  });

  document.querySelectorAll("[data-passkey-new]").forEach(function (form) {
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      ask(form.dataset.question).then(function (told) {
        var options = told.publicKey;
        options.challenge = toBytes(options.challenge);
        options.user.id = toBytes(options.user.id);
        options.excludeCredentials = withBytes(options.excludeCredentials);
        return navigator.credentials.create({publicKey: options});
      }).then(function (credential) {
        return ask(form.dataset.answer, {name: form.elements.name.value, answer: answerOf(credential)});
      }).then(function (told) { go(form, told); }).catch(failed(form));
    });
  });
})();
