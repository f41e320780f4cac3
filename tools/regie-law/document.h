/* SPDX-License-Identifier: EUPL-1.2
 *
 * The law as it is programmed, for lawyers: docs/law.md, printed from the tables themselves.
 */
#ifndef REGIE_LAW_DOCUMENT_H
#define REGIE_LAW_DOCUMENT_H

/* Markdown on standard output. Returns the exit code. */
int print_document(void);

#endif
