"""The only door to the planner: snapshots of plain values in, answers with sentences out."""
