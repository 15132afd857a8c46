"""The pages on decisions and the index of them."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "docs" / "decisions"
ROW = re.compile(r"^\| \[(\d+)\]\((\d{4}-[a-z0-9-]+\.md)\) \| (.+?) \| (.+) \|$", re.MULTILINE)


def test_every_page_is_in_the_index_by_number_and_title() -> None:
    pages = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
    listed = ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8"))

    assert [(file, f"# {number}. {title}") for number, file, title, _ in listed] == [
        (page.name, page.read_text(encoding="utf-8").partition("\n")[0]) for page in pages
    ]
    assert [int(number) for number, *_ in listed] == list(range(1, len(pages) + 1))
    assert [int(file[:4]) for _, file, *_ in listed] == [int(number) for number, *_ in listed]
