# Phân Công. `make` alone lists what there is.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv/bin
PORT ?= 8000
export ROSTER PORT
# The demonstration: own machine only, sign-in as a sample person.
DEMO := DEBUG=1 DEMO=1

help: ## Danh sách lệnh
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

.venv/.base: requirements/base.txt scripts/make_environment.py
	@$(PYTHON) scripts/make_environment.py base
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	@$(PYTHON) scripts/make_environment.py dev
	@touch $@

run: .venv/.base ## Chạy thử với dữ liệu mẫu, hoặc với danh sách của mình: make run ROSTER=tep.xlsx
	@$(DEMO) $(VENV)/python scripts/start.py --port "$(PORT)"

demo: .venv/.base ## Như make run nhưng không mở trang web
	@$(DEMO) $(VENV)/python scripts/start.py --no-serve

test: .venv/.dev ## Kiểm tra tất cả (như .ci/run)
	@$(VENV)/python scripts/run_tests.py

lint: .venv/.dev ## Kiểm tra mã nguồn: định dạng, kiểu, tầng, mẫu trang
	@$(VENV)/python scripts/lint.py

trust: .venv/.dev ## Đo độ tin cậy: quyền, đăng nhập, trình duyệt; in một bảng
	@$(VENV)/python scripts/trust.py

bench: .venv/.dev ## Đo bộ lập kế hoạch
	@$(VENV)/python bench/run.py

fuzz: .venv/.dev ## Gửi 100.000 yêu cầu lạ vào mọi trang: make fuzz [SEED=… REQUESTS=…]
	@$(VENV)/python scripts/fuzz.py --seed "$(SEED)" --requests $(or $(REQUESTS),100000)

guide: .venv/.dev ## Làm lại hướng dẫn có ảnh từ sản phẩm đang chạy
	@$(VENV)/python scripts/guide.py

docs: .venv/.dev ## In lại docs/reference từ mã nguồn
	@DEBUG=1 $(VENV)/python manage.py print_reference

lock: .venv/.dev ## Khóa lại phiên bản các gói sau khi sửa requirements/*.in
	@for set in base dev; do $(VENV)/uv pip compile --generate-hashes --universal --no-header -q requirements/$$set.in -o requirements/$$set.txt; done

clean: ## Xóa môi trường và dữ liệu chạy thử
	rm -rf .venv var

.PHONY: help run demo test lint trust bench fuzz guide docs lock clean
