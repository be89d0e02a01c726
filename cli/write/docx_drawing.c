/* docx_drawing.c - see docx_drawing.h. */
#include "docx_drawing.h"

#include <behov/error_sentence.h>
#include <math.h>

#include "docx_layout.h"
#include "picture_page.h"

enum { EMU_PER_POINT = 12700 };

bool docx_can_draw(void)
{
#ifdef BEHOV_WITH_CAIRO
    return true;
#else
    return false;
#endif
}

#ifdef BEHOV_WITH_CAIRO
/* Room for a picture between its heading and its caption. */
static const double page_width = (double)DOCX_TEXT_UPRIGHT / DOCX_POINT,
                    page_height = (double)(DOCX_PAGE_LONG - 2 * DOCX_MARGIN) / DOCX_POINT - 90;

behov_status docx_drawing_new(const behov_picture *picture, const char *path, docx_drawing *drawing, behov_error *err)
{
    behov_picture on_page = *picture; /* all of it is borrowed */
    behov_drawing laid_out = {0};
    *drawing = (docx_drawing){0};
    on_page.width = page_width;
    on_page.height = 0;
    on_page.title = (behov_wording){0}; /* the caption has it, and notes stand beneath as text */
    on_page.n_notes = 0;
    behov_error why;
    behov_status status = write_cairo_lay_out(&on_page, path, &laid_out, &why);
    if (status == BEHOV_E_ARGUMENT || status == BEHOV_E_DATA) { /* no room, or nothing to draw */
        behov_drawing_free(&laid_out);
        behov_error_what(&why, picture->lang, &drawing->description);
        return behov_wording_status(&drawing->description, err);
    }
    if (status && err)
        *err = why;
    if (!status)
        status = write_cairo_png_bytes(&(picture_page){&on_page, &laid_out, 0, path}, &drawing->bytes, err);
    if (!status) {
        double scale = fmin(1, page_height / laid_out.height);
        drawing->width = scale * laid_out.width;
        drawing->height = scale * laid_out.height;
        behov_picture_describe(picture, &drawing->description);
        status = behov_wording_status(&drawing->description, err);
    }
    behov_drawing_free(&laid_out);
    if (!status && write_cairo_has_lost_words())
        status = behov_error_say(err, BEHOV_E_MEMORY, path, SAY_PICTURE_NO_MEMORY);
    return status;
}
#else
behov_status docx_drawing_new(const behov_picture *picture, const char *path, docx_drawing *drawing, behov_error *err)
{
    *drawing = (docx_drawing){0};
    behov_picture_describe(picture, &drawing->description);
    return behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_PICTURE_NO_CAIRO);
}
#endif

void docx_drawing_free(docx_drawing *drawing)
{
    behov_wording_free(&drawing->bytes);
    behov_wording_free(&drawing->description);
}

static void put_size(const char *element, const char *width_name, const char *height_name, const docx_drawing *drawing,
                     docx_xml *xml)
{
    docx_xml_begin(xml, element);
    docx_xml_set_number(xml, width_name, (long)(drawing->width * EMU_PER_POINT));
    docx_xml_set_number(xml, height_name, (long)(drawing->height * EMU_PER_POINT));
    docx_xml_end(xml);
}

static void put_properties(const char *element, size_t number, const char *name, const char *description, docx_xml *xml)
{
    docx_xml_begin(xml, element);
    docx_xml_set_number(xml, "id", (long)number);
    docx_xml_set(xml, "name", name);
    docx_xml_set(xml, "descr", description);
    docx_xml_end(xml);
}

static void put_picture(const docx_drawing *drawing, size_t number, const char *name, const char *relation,
                        docx_xml *xml)
{
    docx_xml_begin(xml, "pic:pic");
    docx_xml_begin(xml, "pic:nvPicPr");
    put_properties("pic:cNvPr", number, name, behov_wording_text(&drawing->description), xml);
    docx_xml_begin(xml, "pic:cNvPicPr");
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_begin(xml, "pic:blipFill");
    docx_xml_begin(xml, "a:blip");
    docx_xml_set(xml, "r:embed", relation);
    docx_xml_end(xml);
    docx_xml_begin(xml, "a:stretch");
    docx_xml_begin(xml, "a:fillRect");
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_begin(xml, "pic:spPr");
    docx_xml_begin(xml, "a:xfrm");
    docx_xml_begin(xml, "a:off");
    docx_xml_set(xml, "x", "0");
    docx_xml_set(xml, "y", "0");
    docx_xml_end(xml);
    put_size("a:ext", "cx", "cy", drawing, xml);
    docx_xml_end(xml);
    docx_xml_begin(xml, "a:prstGeom");
    docx_xml_set(xml, "prst", "rect");
    docx_xml_begin(xml, "a:avLst");
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
}

void docx_write_drawing(const docx_drawing *drawing, size_t number, const char *name, const char *relation,
                        docx_xml *xml)
{
    docx_xml_begin(xml, "w:r");
    docx_xml_begin(xml, "w:drawing");
    docx_xml_begin(xml, "wp:inline");
    docx_xml_set(xml, "distT", "0");
    docx_xml_set(xml, "distB", "0");
    docx_xml_set(xml, "distL", "0");
    docx_xml_set(xml, "distR", "0");
    put_size("wp:extent", "cx", "cy", drawing, xml);
    put_properties("wp:docPr", number, name, behov_wording_text(&drawing->description), xml);
    docx_xml_begin(xml, "wp:cNvGraphicFramePr");
    docx_xml_begin(xml, "a:graphicFrameLocks");
    docx_xml_set(xml, "noChangeAspect", "1");
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_begin(xml, "a:graphic");
    docx_xml_begin(xml, "a:graphicData");
    docx_xml_set(xml, "uri", "http://schemas.openxmlformats.org/drawingml/2006/picture");
    put_picture(drawing, number, name, relation, xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
}
