/* SPDX-License-Identifier: EUPL-1.2
 *
 * replay FOLDER: gives every file of the folder to the fuzz target.
 */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

#define FILE_MAX_BYTES ((size_t)4 << 20)

/* In memory of exactly the size of the file, so that reading too far is seen. */
static int replay(const char *folder, const char *name)
{
	char path[4096];
	uint8_t *data = malloc(FILE_MAX_BYTES), *exact;
	size_t size;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (!f || !data) {
		fprintf(stderr, "%s: not readable\n", path);
		exit(2);
	}
	size = fread(data, 1, FILE_MAX_BYTES, f);
	fclose(f);
	exact = malloc(size ? size : 1);
	MUST(exact);
	memcpy(exact, data, size);
	free(data);
	fprintf(stderr, "%s\n", name);
	LLVMFuzzerTestOneInput(exact, size);
	free(exact);
	return 1;
}

int main(int argc, char **argv)
{
	DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
	int count = 0;

	if (!folder) {
		fputs("usage: replay FOLDER\n", stderr);
		return 2;
	}
	for (struct dirent *e; (e = readdir(folder));)
		if (e->d_name[0] != '.')
			count += replay(argv[1], e->d_name);
	closedir(folder);
	printf("%d files\n", count);
	return count == 0;
}
