"""The figures on differentiation rules show what is computed, in all their states."""

import re

import numpy as np
import pytest

from calcbook.charts import (
    backward_costs,
    computation_graph,
    implicit_curves,
    rule_pictures,
    wrong_gradients,
)
from calcbook.depth_map import DESIGNS, depth_map
from calcbook.hand_gradients import VERSIONS, train
from calcbook.mode_cost import jacobian
from tests.calcbook.figures import assert_publishable

FIGURES = {
    "training": (wrong_gradients.training, {"version": list(VERSIONS), "step": [0, 80, 400]}),
    "rectangle": (rule_pictures.growing_rectangle, {"t": [0, 1, 2], "h": rule_pictures.STEPS}),
    "stretching": (rule_pictures.stretching, {"x": [0.5, 1.5, 2.5], "width": [0.6, 0.05]}),
    "exponential": (rule_pictures.exponential, {"base": [0.5, 1, 4]}),
    "backward": (rule_pictures.read_backward, {"z": [-4, 0, 4], "error": [0.01, 0.03]}),
    "implicit": (
        implicit_curves.on_curve,
        {"place": implicit_curves.PLACES, "curve": list(implicit_curves.CURVES)},
    ),
    "graph": (computation_graph.graph, {"node": computation_graph.NODES, "w": [-1, 0, 1]}),
    "cost": (backward_costs.cost, {"outputs": [1, 1000], "width": [10, 100]}),
    "arriving": (
        backward_costs.arriving,
        {"activation": ["sigmoid", "ReLU"], "design": list(DESIGNS)},
    ),
}


def trace(figure, name):
    return next(each for each in figure.data if each.name == name)


def words(figure):
    return " | ".join(note.text for note in figure.layout.annotations)


def numbers(text):
    return [float(each.replace("−", "-")) for each in re.findall(r"[−-]?\d+\.\d+", text)]


@pytest.mark.parametrize("name", FIGURES)
def test_every_state_can_be_published(name):
    assert_publishable(name, *FIGURES[name])


@pytest.mark.parametrize(("t", "h"), [(0, 1.0), (2, 0.02)])
def test_strips_and_corner_add_up_to_the_growth(t, h):
    f, g = rule_pictures.price(t), rule_pictures.sales(t)
    grown = rule_pictures.price(t + h) * rule_pictures.sales(t + h) - f * g
    said = numbers(words(rule_pictures.growing_rectangle(t, h)))
    assert sum(said[:3]) == pytest.approx(grown / h, abs=0.03)


@pytest.mark.parametrize("x", [0.5, 1.5, 2.5])
def test_a_narrow_interval_is_stretched_by_the_product_of_slopes(x):
    said = numbers(words(rule_pictures.stretching(x, 0.001)))
    measured, slopes = said[:3], said[3:]
    assert slopes[0] == pytest.approx(x, abs=0.005)
    assert slopes[1] == pytest.approx(1.5 * np.cos(x**2 / 2), abs=0.005)
    assert measured == pytest.approx(slopes, abs=0.02)


def test_e_is_its_own_derivative():
    assert "= 1.000 everywhere" in words(rule_pictures.exponential(np.e))
    figure = rule_pictures.exponential(2.0)
    value, slope = trace(figure, "aˣ"), trace(figure, "its derivative")
    difference = np.gradient(value.y, value.x)
    np.testing.assert_allclose(difference[1:-1], slope.y[1:-1], rtol=2e-3)


def test_an_error_read_backward_is_divided_by_the_slope():
    figure = rule_pictures.read_backward(2.0, 0.01)
    p = 1 / (1 + np.exp(-2.0))
    assert trace(figure, "here").y[0] == pytest.approx(0.01 / (p * (1 - p)))
    exact, law = trace(figure, "exact"), trace(figure, "error ÷ slope")
    middle = np.argmin(np.abs(np.asarray(exact.x)))
    assert exact.y[middle] == pytest.approx(law.y[middle], rel=1e-3)


@pytest.mark.parametrize("curve", implicit_curves.CURVES.values(), ids=implicit_curves.CURVES)
def test_the_curve_fulfills_its_equation_and_its_derivatives_are_those_of_it(curve):
    x, y = curve.at(np.array(implicit_curves.PLACES))
    assert np.abs(curve.F(x, y)).max() <= 1e-12
    h = 1e-5
    over_x = (curve.F(x + h, y) - curve.F(x - h, y)) / (2 * h)
    over_y = (curve.F(x, y + h) - curve.F(x, y - h)) / (2 * h)
    np.testing.assert_allclose(curve.partials(x, y), (over_x, over_y), atol=1e-8)


@pytest.mark.parametrize("curve", implicit_curves.CURVES.values(), ids=implicit_curves.CURVES)
def test_the_measured_slopes_are_those_of_the_formula_where_it_speaks(curve):
    formula, measured = (
        slope(curve, np.array(implicit_curves.PLACES))
        for slope in (implicit_curves.by_formula, implicit_curves.measured)
    )
    speaks = np.isfinite(formula)
    assert not speaks.all()
    np.testing.assert_allclose(measured[speaks], formula[speaks], rtol=5e-3, atol=1e-9)


def test_the_words_tell_a_vertical_tangent_from_a_crossing():
    vertical = words(implicit_curves.on_curve("ellipse", 30))
    assert "∂F/∂y = 0.00: vertical" in vertical
    assert "rise without run" in vertical
    crossing = words(implicit_curves.on_curve("figure eight", 180))
    assert "∂F/∂x = 0.00, ∂F/∂y = 0.00: 0/0" in crossing
    assert "measured slope −1.00" in crossing
    assert np.isnan(trace(implicit_curves.on_curve("figure eight", 180), "tangent").x).all()


@pytest.mark.parametrize("place", [0, 60, 300])
def test_the_tangent_is_drawn_with_the_slope_that_is_told(place):
    figure = implicit_curves.on_curve("ellipse", place)
    tangent = trace(figure, "tangent")
    told = numbers(re.search(r": slope (\S+)", words(figure))[0])[0]
    assert np.diff(tangent.y)[0] / np.diff(tangent.x)[0] == pytest.approx(told, abs=0.006)


@pytest.mark.parametrize("w", [-1, 0.5])
@pytest.mark.parametrize("node", computation_graph.NODES)
def test_the_graph_shows_a_gradient_that_differences_confirm(node, w):
    said = words(computation_graph.graph(node, w))
    shown = numbers(re.search(rf"∂L/∂{node} = ([−\d.]+)(?: \||$)", said)[1])[0]
    values = {name: each.value for name, each in computation_graph.loss_graph(w).items()}

    def loss(changed):
        v = {**values, node: values[node] + changed}
        steps = {
            "a": lambda: v["w"] * v["x"],
            "z": lambda: v["a"] + v["b"],
            "s": lambda: 1 / (1 + np.exp(-v["z"])),
            "p": lambda: v["z"] * v["s"],
            "e": lambda: v["p"] - 1,
            "L": lambda: v["e"] ** 2,
        }
        for name, step in steps.items():
            if name != node:
                v[name] = step()
        return v["L"]

    assert shown == pytest.approx((loss(1e-6) - loss(-1e-6)) / 2e-6, abs=0.006)


def test_a_node_used_twice_has_two_terms():
    sentence = computation_graph.graph("z", 0.5).layout.annotations[-1].text
    assert sentence.count(" × ") == 2
    assert computation_graph.graph("p", 0.5).layout.annotations[-1].text.count(" × ") == 1


def test_every_node_can_be_clicked():
    figure = computation_graph.graph("s", 0.5)
    named = [name for each in figure.data for name in each.customdata or ()]
    assert set(computation_graph.NODES) <= set(named)


def test_the_price_is_what_was_counted():
    figure = backward_costs.cost(10, 10)
    counted = jacobian([100, 10, 10, 10], "forward")
    place = backward_costs.INPUTS.index(100)
    shown = trace(figure, "forward").y[place]
    assert shown == pytest.approx(counted.multiplications / counted.function)


def test_the_map_is_that_of_the_network():
    figure = backward_costs.arriving("tanh", "plain")
    z = np.asarray(next(each.z for each in figure.data if each.z is not None))
    sizes = np.clip(np.log10(depth_map("tanh").sizes), -12, 12)
    np.testing.assert_allclose(z, sizes, atol=0.0051)


def test_the_loss_shown_is_that_of_the_step():
    figure = wrong_gradients.training("A", 80)
    assert trace(figure, "here").y[0] == train("A").losses[80]
    assert f"step 80: {train('A').losses[80]:.3f}" in words(figure)
    assert max(trace(figure, "version C").x) == 80
