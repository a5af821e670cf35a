"""Pure planning library: plain data in, plain data out, proved best or honest about the gap.

Where to read what:

- `problem`, `checks`: what is asked, and the faults a question can have;
- `solve`: the one door; `result`: what is answered; `explain`: the answer in Vietnamese sentences;
- `eligibility`, `fit`: who may do what, and how well it fits;
- `model`, `form`: the rules as rows of a solver-neutral form, one function for each rule;
- `levels`, `lexicographic`: what counts before what, and how it is settled;
- `backends`: the exchangeable solvers; `verify`, `score`: the judges, which know neither model nor solver;
- `funnel`, `relax`, `counterfactual`: what stands in the way, what to loosen, what if;
- `secondment`, `in_charge`: the two other problems; `workbook`: the command line's files.
"""
