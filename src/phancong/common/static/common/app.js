/* Small helps; every page works without them. */
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  document.querySelectorAll("form[data-busy]").forEach(function (form) {
    form.addEventListener("submit", function () {
      form.querySelectorAll("button[type=submit]").forEach(function (button) {
        window.setTimeout(function () { button.disabled = true; button.textContent = form.dataset.busy; }, 0);
      });
    });
  });
  var summary = document.querySelector(".main > .errors");
  if (summary) { summary.focus(); }
})();
