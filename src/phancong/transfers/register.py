"""What is over stays as it was written, and nothing of it goes away."""

from phancong.common.guards import Guard

SENTENCE = "Việc chuyển sinh hoạt đã xong thì giữ nguyên, không sửa, không xóa."
GUARDS = (
    Guard("transfers_transfer_changed", "UPDATE", "transfers_transfer", SENTENCE, when="OLD.due_on IS NULL"),
    Guard("transfers_transfer_gone", "DELETE", "transfers_transfer", SENTENCE),
)
