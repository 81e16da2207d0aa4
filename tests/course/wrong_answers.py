"""Answers that are wrong and plausible: assignment -> question -> what makes it wrong -> code.

Each has the right form, so that only tests that students don't see can tell.
"""

WRONG: dict[str, dict[str, dict[str, str]]] = {
    "06-multivariable-calculus": {
        "kind": {
            "by the signs of the diagonal": """
def kind(H):
    signs = set(np.sign(np.diag(H)))
    return {1.0: "minimum", -1.0: "maximum"}[signs.pop()] if len(signs) == 1 else "saddle"
""",
            "by determinant and corner, as with two variables": """
def kind(H):
    det = np.linalg.det(H)
    if abs(det) < 1e-9:
        return "silent"
    return "saddle" if det < 0 else "minimum" if H[0, 0] > 0 else "maximum"
""",
            "a rounded zero taken for a sign": """
def kind(H):
    values = np.linalg.eigvalsh(H)
    if np.any(values == 0):
        return "silent"
    return "minimum" if values[0] > 0 else "maximum" if values[-1] < 0 else "saddle"
""",
        },
        "jacobians": {
            "outputs and inputs exchanged": """
def jacobians(W, X):
    p = np.exp(X @ W.T)
    p = p / p.sum(axis=1, keepdims=True)
    full = p[:, :, None] * (W - (p @ W)[:, None, :])
    return full.reshape(len(X), W.shape[1], W.shape[0]).transpose(0, 2, 1)
""",
            "without the share of the sum": """
def jacobians(W, X):
    p = np.exp(X @ W.T)
    p = p / p.sum(axis=1, keepdims=True)
    return p[:, :, None] * (1 - p[:, :, None]) * W
""",
        },
        "campaign": {
            "one curve against the spending alone": """
line = np.polyfit(settings[:, 0], sold, 1, cov=True)
effect, uncertainty = float(line[0][0]), float(np.sqrt(line[1][0, 0]))
""",
            "one plane through all weeks": """
columns = np.column_stack([np.ones(len(sold)), settings])
w, left, *_ = np.linalg.lstsq(columns, sold, rcond=None)
covariance = left[0] / (len(sold) - 3) * np.linalg.inv(columns.T @ columns)
effect, uncertainty = float(w[1]), float(np.sqrt(covariance[1, 1]))
""",
            "the uncertainty of the units sold": """
fit = MultivariateDerivatives().fit(settings, sold)
effect = float(fit.gradient()(np.array([[8.0, 10.0]]))[0, 0])
uncertainty = float(np.std(sold))
""",
        },
        "budget": {
            "shares like the appetites": """
shares = hours * appetite / appetite.sum()
price = np.sqrt(np.sum(appetite**2) / hours) / 2
""",
            "equal shares": """
shares = np.full(4, hours / 4)
price = np.sum(appetite * np.sqrt(shares)) / (2 * hours)
""",
            "the gain of an average hour": """
shares = hours * appetite**2 / np.sum(appetite**2)
price = np.sum(appetite * np.sqrt(shares)) / hours
""",
        },
    },
    "07-complex-analysis": {
        "vane": {
            "the mean of plain numbers": """
def mean_direction(degrees):
    return np.mean(degrees)
""",
            "the mean after a cut at south": """
def mean_direction(degrees):
    return np.mean((np.asarray(degrees) + 180) % 360 - 180)
""",
            "an arctangent that knows half of the circle": """
def mean_direction(degrees):
    angle = np.radians(degrees)
    return np.degrees(np.arctan(np.mean(np.sin(angle)) / np.mean(np.cos(angle))))
""",
        },
        "silent-step": {
            "the norm mended, the modulus not": """
def loss(x):
    return np.sqrt(np.sum(x * x)) + np.sum(np.abs(x - 1) ** 2)
""",
            "the modulus mended, the norm not": """
def loss(x):
    return np.linalg.norm(x) + np.sum((x - 1) ** 2)
""",
            "squares by conjugates": """
def loss(x):
    return np.sqrt(np.sum(x * x)) + np.sum((x - 1) * np.conj(x - 1))
""",
        },
        "rhythm": {
            "the readings believed": """
size = np.abs(np.fft.rfft(load - load.mean()))
seen = 1 / np.fft.rfftfreq(load.size, 10)[size.argmax()]
period = min(seen, 19.9)
""",
            "frequencies in readings instead of hours": """
size = np.abs(np.fft.rfft(load - load.mean()))
frequency = np.fft.rfftfreq(load.size)[size.argmax()]
seen, period = max(20.1, 1 / frequency), 10 / (1 - frequency)
""",
            "the alias above the rate": """
size = np.abs(np.fft.rfft(load - load.mean()))
frequency = np.fft.rfftfreq(load.size, 10)[size.argmax()]
seen, period = 1 / frequency, max(10.01, 1 / (1 / 10 + frequency))
""",
        },
        "flight": {
            "differences of neighbors": """
speed = np.abs(np.gradient(z, t))
""",
            "all waves kept": """
k = np.fft.fftfreq(z.size, 1 / z.size)
speed = np.abs(np.fft.ifft(np.fft.fft(z) * 2j * np.pi * k / 60))
""",
            "turns taken for radians": """
k = np.fft.fftfreq(z.size, 1 / z.size)
speed = np.abs(np.fft.ifft(np.where(np.abs(k) <= 6, np.fft.fft(z), 0) * 1j * k / 60))
""",
            "one arrow only": """
k = np.fft.fftfreq(z.size, 1 / z.size)
speed = np.abs(np.fft.ifft(np.where(np.abs(k) <= 1, np.fft.fft(z), 0) * 2j * np.pi * k / 60))
""",
        },
    },
    "08-ml-applications": {
        "density": {
            "the volume left out": """
def log_density(x, scale, shift):
    z1, z2 = x[:, 0], (x[:, 1] - shift(x[:, 0])) * np.exp(-scale(x[:, 0]))
    return -(z1**2 + z2**2) / 2 - np.log(2 * np.pi)
""",
            "one volume for all points": """
def log_density(x, scale, shift):
    z1, z2 = x[:, 0], (x[:, 1] - shift(x[:, 0])) * np.exp(-scale(x[:, 0]))
    return -(z1**2 + z2**2) / 2 - np.log(2 * np.pi) - np.mean(scale(x[:, 0]))
""",
            "divided by the sum over a grid": """
def log_density(x, scale, shift):
    z1, z2 = x[:, 0], (x[:, 1] - shift(x[:, 0])) * np.exp(-scale(x[:, 0]))
    raw = -(z1**2 + z2**2) / 2 + scale(x[:, 0])
    return raw - np.log(np.sum(np.exp(raw)) * 0.1**2)
""",
        },
        "attack": {
            "along the gradient": """
def attack(network, x, label, size):
    hidden = np.tanh(network.W @ x + network.b)
    p = 1 / (1 + np.exp(-(network.v @ hidden + network.c)))
    gradient = (p - label) * (network.W.T @ (network.v * (1 - hidden**2)))
    return size * gradient / np.linalg.norm(gradient)
""",
            "downhill": """
def attack(network, x, label, size):
    hidden = np.tanh(network.W @ x + network.b)
    p = 1 / (1 + np.exp(-(network.v @ hidden + network.c)))
    return -size * np.sign((p - label) * (network.W.T @ (network.v * (1 - hidden**2))))
""",
            "the slope of the hidden layer forgotten": """
def attack(network, x, label, size):
    hidden = np.tanh(network.W @ x + network.b)
    p = 1 / (1 + np.exp(-(network.v @ hidden + network.c)))
    return size * np.sign((p - label) * (network.W.T @ network.v))
""",
            "the label forgotten": """
def attack(network, x, label, size):
    hidden = np.tanh(network.W @ x + network.b)
    return size * np.sign(network.W.T @ (network.v * (1 - hidden**2)))
""",
        },
        "law": {
            "the two largest terms of differences": """
v = np.gradient(u, t)
columns = np.column_stack([term(u, v) for term in coursework.TERMS.values()])
sizes = np.linalg.lstsq(columns, np.gradient(v, t), rcond=None)[0]
largest = np.argsort(-np.abs(sizes))[:2]
law = {list(coursework.TERMS)[i]: sizes[i] for i in largest}
""",
            "the friction without its sign": """
law = {name: abs(size) for name, size in coursework.law(student).items()}
""",
            "the two terms that alone explain most": """
fit = SplineInterpolator().fit(t, u)
x, v, a = fit(t), fit.differentiate()(t), fit.differentiate(order=2)(t)
alone = {name: term(x, v) for name, term in coursework.TERMS.items()}
alike = {name: abs(np.corrcoef(column, a)[0, 1]) for name, column in alone.items()}
chosen = sorted(alike, key=alike.get)[-2:]
columns = np.column_stack([alone[name] for name in chosen])
law = dict(zip(chosen, np.linalg.lstsq(columns, a, rcond=None)[0]))
""",
        },
        "growth": {
            "the rate of the logarithm": """
steps = np.diff(np.log(prices))
volatility, growth = steps.std() * np.sqrt(252), steps.mean() * 252
""",
            "a correction with the wrong sign": """
steps = np.diff(np.log(prices))
volatility = steps.std() * np.sqrt(252)
growth = steps.mean() * 252 - volatility**2 / 2
""",
            "the volatility of months": """
steps = np.diff(np.log(prices))
volatility = steps.std() * np.sqrt(21 * 10)
growth = steps.mean() * 252 + volatility**2 / 2
""",
        },
    },
}
