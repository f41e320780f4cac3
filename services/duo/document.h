/* SPDX-License-Identifier: EUPL-1.2
 *
 * The tables of operations and events as Markdown, for docs/duo.md.
 */
#ifndef DUO_DOCUMENT_H
#define DUO_DOCUMENT_H

void document_print(void);

#endif
