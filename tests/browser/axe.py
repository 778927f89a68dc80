"""What axe has against a page: as a whole, or without what is known to be no trouble."""

from pathlib import Path

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (levels) => {
  const { violations } = await axe.run(document, { runOnly: levels });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all }) =>
    `${id}: ${target} ${[...any, ...all].map(({ message }) => message)}`));
}"""


def everything(page):
    """Every rule, nothing left out, on the page as it stands."""
    page.wait_for_load_state("networkidle")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(RUN, LEVELS)


def seen(page):
    """What scrolls under the fixed bars of a phone is obscured only until it is scrolled."""
    return [each for each in everything(page) if "partially obscured" not in each]
