"""The dense spline against textbook formulas."""

import numpy as np
import pytest

from calcbook.dense_spline import DenseSpline, Smoother

T = np.linspace(0, 1, 60)
U = np.sin(7 * T) + 0.1 * np.random.default_rng(0).normal(size=60)
PENALTIES = 10.0 ** np.arange(-9, -4)  # stiffer ones drown the normal equations in rounding


def solved(spline: DenseSpline, penalty: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return design, matrix of the normal equations, and coefficients."""
    B = spline.functions(T)
    A = B.T @ B + penalty * spline.roughness
    return B, A, np.linalg.solve(A, B.T @ U)


@pytest.mark.parametrize(("order", "power", "integral"), [(2, 3, 12.0), (4, 5, 4800.0)])
def test_roughness_is_the_integral_of_the_squared_derivative(
    order: int, power: int, integral: float
) -> None:
    spline = DenseSpline(np.array([0, 0.2, 0.5, 0.6, 1]), order)
    c = np.linalg.lstsq(spline.functions(T), T**power, rcond=None)[0]
    assert c @ spline.roughness @ c == pytest.approx(integral, rel=1e-6)


@pytest.mark.parametrize("order", [2, 4])
def test_shrunk_coordinates_give_the_solution_of_the_normal_equations(order: int) -> None:
    spline = DenseSpline(np.linspace(0, 1, 12), order)
    smoother = Smoother(spline, T)
    misfits, roughness = smoother.terms(U, PENALTIES)
    for i, penalty in enumerate(PENALTIES):
        B, A, c = solved(spline, penalty)
        rounding = 4e-15 * np.linalg.cond(A)  # how many digits that costs is the processor's choice
        assert B @ smoother.coefficients(U, penalty) == pytest.approx(B @ c, abs=rounding)
        assert smoother.edf(penalty) == pytest.approx(np.trace(np.linalg.solve(A, B.T @ B)))
        assert misfits[i] == pytest.approx(np.sum((U - B @ c) ** 2))
        assert roughness[i] == pytest.approx(c @ spline.roughness @ c, rel=1e-5)


def test_scores_are_those_of_the_formulas() -> None:
    spline = DenseSpline(np.linspace(0, 1, 12))
    smoother = Smoother(spline, T)
    reml, gcv = smoother.reml(U, PENALTIES), smoother.gcv(U, PENALTIES)
    formula = []
    for i, penalty in enumerate(PENALTIES):
        B, A, c = solved(spline, penalty)
        penalized = np.sum((U - B @ c) ** 2) + penalty * c @ spline.roughness @ c
        determinant = np.linalg.slogdet(A)[1] - (spline.size - 4) * np.log(penalty)
        formula.append((T.size - 4) * np.log(penalized) + determinant)
        left = T.size - np.trace(np.linalg.solve(A, B.T @ B))
        assert gcv[i] == pytest.approx(T.size * np.sum((U - B @ c) ** 2) / left**2)
    assert np.diff(reml) == pytest.approx(np.diff(formula), abs=1e-4)


def test_many_data_sets_are_scored_like_one() -> None:
    smoother = Smoother(DenseSpline(np.linspace(0, 1, 12)), T)
    both = smoother.reml(np.stack([U, 2 * U]), PENALTIES)
    assert both.shape == (2, PENALTIES.size)
    assert both[0] == pytest.approx(smoother.reml(U, PENALTIES))


def test_an_endless_penalty_leaves_the_cubic_polynomial() -> None:
    spline = DenseSpline(np.linspace(0, 1, 12))
    cubic = np.polyval(np.polyfit(T, U, 3), T)
    fitted = spline.functions(T) @ Smoother(spline, T).coefficients(U, 1e12)
    assert fitted == pytest.approx(cubic, abs=1e-6)
