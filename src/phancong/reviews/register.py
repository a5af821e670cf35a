"""What stays: the register and closed totals always; what a level said once it passed the part on; what was decided."""

from phancong.common.guards import Guard

LINE_SENTENCE = "Sổ kiểm điểm chỉ được ghi thêm."
CLOSED_SENTENCE = "Số liệu đã chốt không sửa được."
RULE_SENTENCE = "Giá trị quy định đã ghi không sửa được, chỉ ghi quyết định mới."
LOCKED_SENTENCE = "Chi bộ đã đề nghị nên phần này đã khóa."
DECIDED_SENTENCE = "Mức đã có quyết định không sửa được, chỉ xem xét lại bằng quyết định mới."
_STAGE = "(SELECT c.stage FROM reviews_cellreview c WHERE c.id = {row}.review_id)"
_STAGE_OF_PAPER = (
    "(SELECT c.stage FROM reviews_cellreview c JOIN reviews_rating r ON r.review_id = c.id "
    "WHERE r.id = {row}.rating_id) <> 'in_cell'"
)
# Beside a revised grade and the count of changes, nothing of a rating moves after the decision.
_DECIDED = (
    "review_id, member_id, member_name, is_on_roll, not_rated, dues, committee_remark, cell_grade, "
    "appraised_grade, decided_grade, reason, evidence"
)
# Who was left out of the decision may be added by a later one.
_HAS_DECISION = f"{_STAGE.format(row='OLD')} = 'decided' AND (OLD.decided_grade <> '' OR OLD.not_rated <> '')"
_ACTS = (("added", "INSERT", "NEW"), ("changed", "UPDATE", "OLD"), ("gone", "DELETE", "OLD"))
FIRST_GUARDS = (
    *(
        Guard(f"reviews_{table}_{name}", act, f"reviews_{table}", sentence)
        for table, sentence in (
            ("line", LINE_SENTENCE),
            ("closing", CLOSED_SENTENCE),
            ("rulecorrection", RULE_SENTENCE),
        )
        for name, act, _ in _ACTS[1:]
    ),
    *(
        Guard(
            f"reviews_{table}_{name}",
            act,
            f"reviews_{table}",
            LOCKED_SENTENCE,
            _STAGE_OF_PAPER.format(row=row),
        )
        for table in ("selfreview", "tally")
        for name, act, row in _ACTS
    ),
    Guard(
        "reviews_rating_decided",
        f"UPDATE OF {_DECIDED}",
        "reviews_rating",
        DECIDED_SENTENCE,
        _HAS_DECISION,
    ),
    Guard(
        "reviews_rating_gone",
        "DELETE",
        "reviews_rating",
        LOCKED_SENTENCE,
        _STAGE.format(row="OLD") + " <> 'in_cell'",
    ),
    Guard(
        "reviews_cellreview_reopened",
        "UPDATE OF stage",
        "reviews_cellreview",
        DECIDED_SENTENCE,
        "OLD.stage = 'decided' AND NEW.stage <> 'decided'",
    ),
)
# Came with the column it watches.
MENDED_GUARD = Guard(
    "reviews_rating_mended", "UPDATE OF mended", "reviews_rating", DECIDED_SENTENCE, _HAS_DECISION
)
GUARDS = (*FIRST_GUARDS, MENDED_GUARD)
