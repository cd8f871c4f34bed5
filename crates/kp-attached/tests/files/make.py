"""Makes the scans of this folder anew: an invented invoice as scanners write it. Needs Pillow (made with 13.0.0).

letter.pdf is a document that was written and not scanned: letter.txt, made into a PDF by LibreOffice
(`soffice --headless --convert-to pdf letter.txt`).
"""

import pathlib

from PIL import Image, ImageDraw, ImageFont

HERE = pathlib.Path(__file__).parent
A4_AT_50_DPI = (413, 585)


def page(number, paper="white", ink="black"):
    """A sheet with a thick bar at its top, lines of writing, and its number in the lower right corner."""
    picture = Image.new("RGB", A4_AT_50_DPI, paper)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 30, 373, 65), fill=ink)
    font = ImageFont.load_default(size=12)
    for line in range(18):
        draw.text((40, 90 + 26 * line), f"{line + 1:2}  rough diamonds, parcel {number}-{line + 1}", fill=ink, font=font)
    draw.text((370, 560), str(number), fill=ink, font=font)
    return picture


def pages(count, mode):
    made = [page(number + 1).convert(mode) for number in range(count)]
    return made[0], made[1:]


first, others = pages(3, "L")
first.save(HERE / "jpeg-pages.pdf", save_all=True, append_images=others, resolution=50, quality=40)
first, others = pages(1, "1")
first.save(HERE / "fax-page.pdf", resolution=50)
first, others = pages(4, "1")
first.save(HERE / "fax-pages.tif", save_all=True, append_images=others, compression="group4", dpi=(50, 50))
first, _ = pages(1, "L")
first.save(HERE / "grey.tif", compression="tiff_lzw", dpi=(50, 50))
page(1, paper="#f4e8c8", ink="#203070").save(HERE / "colour.tif", compression="jpeg", quality=40, dpi=(50, 50))
# Held upside down, as the tag says (274: orientation, 3).
turned = page(1).convert("1").rotate(180)
turned.save(HERE / "turned.tif", compression="group4", tiffinfo={274: 3}, dpi=(50, 50))
