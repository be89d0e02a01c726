/* write_panel_template.h - a template to be filled: as a page, as JSON, as a workbook's sheets, as a text file. */
#ifndef BEHOV_WRITE_PANEL_TEMPLATE_H
#define BEHOV_WRITE_PANEL_TEMPLATE_H

#include <stdio.h>

#include <behov/section.h>
#include <behov/panel_template.h>

/* Data, where figures are typed (the header in row 1 and nothing but it, so that the sheet can be saved as text), and
 * Veiledning, what goes into each column.
 * \param call  what the user will run, "behov fit panel.csv"
 * BEHOV_E_DATA when the rows are more than a sheet has. */
behov_status panel_template_add(const behov_panel_template *panel_template, const char *call, behov_section_list *list,
                                behov_error *err) BEHOV_MUST_CHECK;
behov_status write_template_page(const behov_panel_template *panel_template, const char *call, FILE *out,
                                 behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status write_template_json(const char *path, const behov_panel_template *panel_template,
                                 behov_error *err) BEHOV_MUST_CHECK;
/* Semicolons, CR LF and a mark of UTF-8 at the start: what a Norwegian Excel opens in columns and writes itself. */
behov_status write_template_csv(const char *path, const behov_panel_template *panel_template,
                                behov_error *err) BEHOV_MUST_CHECK;

#endif
