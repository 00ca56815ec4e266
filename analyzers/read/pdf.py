"""PDF letters, through the extra `svc-upgrade[pdf]`: the words as they stand, page after page."""

import logging
from collections.abc import Iterator

from ..errors import InputError
from .extras import need
from .model import ReadOptions, TableInfo
from .plain import text_table
from .table import Table

MAX_PAGES = 500


def read_pdf(path: str, source: str, options: ReadOptions) -> Table:
    """Open a PDF file as one letter, or as `--split` says.

    Raises
    ------
    InputError
        ``read.need_extra``, ``read.encrypted``, ``read.damaged``, or ``read.no_pdf_text`` for scanned pages.
    """
    pypdf = need("pypdf", "pdf", source)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every blemish that it mends

    info = TableInfo(source, "pdf")
    pages: list[str] = []
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("read.encrypted", path=source)
        for page in reader.pages[:MAX_PAGES]:
            pages.append(page.extract_text())
        if len(reader.pages) > MAX_PAGES:
            info.note("pdf_cut", limit=MAX_PAGES, pages=len(reader.pages))
    except InputError:
        raise
    except (pypdf.errors.PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError,
            RecursionError, AssertionError, NotImplementedError, ArithmeticError) as error:  # fmt: skip
        if not pages:
            raise InputError("read.damaged", path=source, format="pdf", detail=type(error).__name__) from error
        info.note("pdf_cut", limit=len(pages), pages="?")
    if not any(page.strip() for page in pages):
        raise InputError("read.no_pdf_text", path=source)

    def lines() -> Iterator[str]:
        for page in pages:
            yield from (page.replace("\0", "") + "\n").splitlines(keepends=True)

    return text_table(info, lines, options, whole=True)
