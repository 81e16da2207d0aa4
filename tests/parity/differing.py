"""Numbers of the pages that may differ between this machine's Python and the browser's.

Both run the same code, on other releases of NumPy, SciPy and scikit-learn, with another linear
algebra and another compiler: rounding errors differ, and so do the steps of an optimizer.
"""

# Times, measured anew in every run.
MEASURED = {
    "book/07-complex-analysis": {
        *("time-crossover", "time-64", "time-64-fft", "time-4096", "time-4096-fft"),
    },
    "book/08-ml-applications/neural-odes": {
        *("time-adjoint-loose", "time-adjoint-tight"),
        *("time-backpropagation-loose", "time-backpropagation-tight"),
    },
    "book/08-ml-applications/pinns": {"pinn-slower"},
    "book/reference/choosing-a-method": {
        *("formula-time", "quotient-time", "backward-time", "weights-time", "weights-ratio"),
        *("time-5-point", "time-lowess", "time-spline", "six-field-time", "six-network-time"),
    },
    "book/reference/how-pydelt-works": {"how-growth", "how-time"},
}

# Others, by page and name: the relative tolerance, and an absolute one where the number is no more
# than the rounding error that it shows.
DIFFERING: dict[str, dict[str, tuple[float, ...]]] = {
    "book/00-why-calculus": {"log-broken": (1e-3,), "log-cost": (1e-3,)},
    "book/01-functions-and-limits": {"edge-line": (0, 1e-15)},
    "book/02-derivatives": {
        "floor-0": (0, 1e-11),
        "forward-off": (0, 1e-5),
        "dual": (0, 1e-14),
        "ex-order-tiny": (0.1,),  # an order measured where rounding rules
    },
    "book/03-differentiation-rules": {
        "tape-check": (0, 1e-7),
        "modes-same": (0, 1e-15),
        "by-rule-tanh": (0, 1e-9),
        "ellipse-slopes": (0, 1e-9),
        "deep-normalized-same": (0, 1e-14),
        "unrolled-500": (1e-3,),  # the last digits of a fixed point
    },
    "book/04-integration": {
        "order-gauss": (2e-3,),
        "gauss-5": (0, 1e-13),
        "peak-found": (0, 1e-15),
    },
    "book/05-approximation": {
        "lagrange-holds": (0, 1e-15),
        "tape-agrees": (0, 1e-14),
        "cycle-size": (0, 1e-12),
        "ex-5-below": (0, 1e-20),  # a loss at its floor
        # a thousand steps at the edge of stability, where rounding grows
        "edge-hovers": (0.01,),
        "edge-falls": (1e-3,),
    },
    "book/06-multivariable-calculus": {
        "jacobian-tape": (0, 1e-14),
        "hessian-low": (1e-3,),  # of a field whose lengths an optimizer finds
        "hessian-high": (1e-3,),
        "heat-kept": (0, 1e-9),
        "heat-above": (0.1,),  # a rounding error, grown by hundreds of explosive steps
        "entropy-same": (0, 1e-4),
        "entropy-price": (0, 1e-6),
        "entropy-rate": (1e-5,),
        "convex-line": (0, 1e-9),
        "convex-network": (0.1,),  # where an optimizer ends
        "held-all": (0, 3),  # counts of bands that hold by a hair, or do not
        "held-mean": (0, 2e-3),
    },
    "book/07-complex-analysis": {
        # rounding errors, and steps of an optimizer
        **dict.fromkeys(("layer-blocks", "fft-right", "theorem", "series-fft"), (0, 1e-12)),
        **dict.fromkeys(("roots-orthogonal", "decay-leaf"), (0, 1e-12)),
        "gap-square": (1e-3,),
        **dict.fromkeys(("cauchy-16", "cauchy-32", "step-sine", "step-central"), (0, 1e-9)),
        **dict.fromkeys(("spectral-exact", "rotary-moved", "wirtinger"), (0, 1e-6)),
        **dict.fromkeys(("bias-slow", "bias-fast", "bias-features"), (0, 1e-3)),
    },
    "book/08-ml-applications/neural-odes": {
        # errors, no larger than the tolerance they show
        **dict.fromkeys(("adj-tape", "adj-differences", "adj-start", "adj-best"), (0, 1e-6)),
        "cnf-tight": (0, 1e-9),
        "cnf-exact": (0, 1e-12),
        "back-broken": (0.05,),  # where rounding grows
        "back-tighter": (0.05,),
        "far-work": (0.3,),  # evaluations of an optimizer
        **dict.fromkeys(("slopes-c", "path-c", "slopes-k", "path-k", "path-gain"), (1e-3,)),
    },
    "book/08-ml-applications/normalizing-flows": {
        "undone": (0, 1e-13),
        "rank-all": (0.1,),  # after hundreds of steps of an optimizer
        "logdet-off": (0, 1e-6),
        "mass-off": (0, 1e-5),  # as are all below: after hundreds of steps of an optimizer
        "mass-error": (0, 1e-4),
        **dict.fromkeys(("score-1", "score-4", "collapsed-score"), (0.01,)),
        **dict.fromkeys(("collapsed", "mass-left-out", "mass-wrong-sign"), (0.01,)),
        **dict.fromkeys(("ood-far", "ood-gap", "ood-heap"), (0.01,)),
    },
    "book/08-ml-applications/taylor-in-deep-learning": {
        **dict.fromkeys(("shift", "stretch", "bn-mean", "bn-along"), (0, 1e-15)),
        "saddle-eigenvalues": (1e-5,),
        "order-quadratic": (1e-3,),  # a Hessian by differences
    },
    "book/08-ml-applications/backpropagation": {"worst-check": (0.05,)},
    "book/08-ml-applications/final-projects": {"moons-check": (0, 1e-7)},
    "book/08-ml-applications/gradient-descent": {
        "gradient-y": (0, 1e-9),
        "ex-limit-scatter": (0.2,),  # how far Hessians of fitted fields scatter
        "slope-noise": (0.01,),
        "walks-down": (0.01,),
        "hessian-error": (0, 1e-12),
    },
    # rollouts of fitted laws: small differences grow along the way
    "book/08-ml-applications/discovering-equations": {"discover-sparse-ahead": (0.05,)},
    "book/08-ml-applications/black-scholes": {
        "smooth-growth": (0, 1e-9),
        "greeks-tape-gamma": (1e-4,),  # an error that rounding rules
    },
    "book/08-ml-applications/practical-tips": {
        "central-error": (0, 1e-10),
        "network": (0.05,),
        "field-wins": (0.05,),
        "short-32": (0.1,),
        "ex-plain-off": (1e-3,),
        "default-32": (0, 1e-5),
    },
    "book/reference/conventions": {"conventions-jacobian": (0, 1e-7)},
    "book/reference/choosing-a-method": {
        "spline-behind": (0.01,),
        "eight-ahead": (0.3,),  # the luckiest of four trained networks, and the unluckiest
        "eight-behind": (0.1,),
        "choosing-formula-error": (0, 1e-15),
        "quotient-error": (0, 1e-11),
        "weights-error": (0.1,),
        "six-wins": (5e-3,),
        "six-network": (5e-3,),
        "outliers-robust": (1e-3,),
        "drift-held": (0.02,),
        "drift-error": (0.1,),
    },
    "book/reference/how-pydelt-works": {
        "how-fit": (0, 1e-9),
        "how-std": (0, 1e-9),
        "how-noise": (0, 1e-11),
        "how-edf": (0, 1e-9),
        "reml-shape": (0, 1e-3),
        "vary-gain": (1e-5,),
        "vary-held": (0.02,),
        "vary-share": (1e-3,),
        "how-plane": (0, 1e-13),
    },
}
