"""Make training-log.csv: the loss of a real training run that learns, stalls, breaks and recovers.

A network with one hidden layer of 16 tanh units is trained by stochastic gradient descent, with 32
images a step, to tell scikit-learn's handwritten digits apart. The learning rate is constant but for
one stretch in which it is far too high. Nothing is adjusted afterwards: each row is the loss of
that step's mini-batch before the step is taken.

Run ``python make_training_log.py`` in this folder; the file comes out the same every time.
"""

import csv
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

STEPS = 2000
BATCH = 32
HIDDEN = 16
SEED = 4
SCHEDULE = ((0, 0.05), (1200, 2.4), (1400, 0.05))


def learning_rate(step):
    """Return the rate of the last entry of the schedule that has begun."""
    return [rate for start, rate in SCHEDULE if start <= step][-1]


def loss_and_gradients(weights, images, digits):
    """Return the mean cross-entropy of a mini-batch and its gradient for every weight array."""
    first, bias, second, second_bias = weights
    hidden = np.tanh(images @ first + bias)
    scores = hidden @ second + second_bias
    scores -= scores.max(axis=1, keepdims=True)
    log_probability = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    rows = np.arange(len(digits))
    loss = -log_probability[rows, digits].mean()
    to_scores = np.exp(log_probability)
    to_scores[rows, digits] -= 1
    to_scores /= len(digits)
    to_hidden = (to_scores @ second.T) * (1 - hidden**2)
    gradients = (
        images.T @ to_hidden, to_hidden.sum(axis=0), hidden.T @ to_scores, to_scores.sum(axis=0)
    )
    return loss, gradients


def main():
    """Train once and write the log."""
    rng = np.random.default_rng(SEED)
    images, digits = load_digits(return_X_y=True)
    images = images / 16
    weights = [
        rng.normal(0, np.sqrt(1 / 64), (64, HIDDEN)), np.zeros(HIDDEN),
        rng.normal(0, np.sqrt(1 / HIDDEN), (HIDDEN, 10)), np.zeros(10),
    ]
    with (Path(__file__).parent / "training-log.csv").open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["step", "loss", "learning_rate"])
        for step in range(STEPS):
            batch = rng.choice(len(digits), BATCH, replace=False)
            loss, gradients = loss_and_gradients(weights, images[batch], digits[batch])
            rate = learning_rate(step)
            rows.writerow([step, f"{loss:.5f}", rate])
            for weight, gradient in zip(weights, gradients):
                weight -= rate * gradient


if __name__ == "__main__":
    main()
