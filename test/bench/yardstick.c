/*
 * The bare loop that our copies are held against: random blocks of one file copied to another by
 * copy_file_range(2) or by pread(2) and pwrite(2), the clock read before and after each copy, and
 * nothing else. Prints how many copies it made in a second of its CPU time, user and system.
 *
 *   yardstick cfr|rw SOURCE DESTINATION BLOCK_BYTES COPIES
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static double cpu_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
	       (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static uint64_t now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static uint32_t xorshift(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

int main(int argc, char **argv)
{
	struct stat status;
	uint32_t random = 2463534242u;
	uint64_t total_ns = 0;

	if (argc != 6) {
		fprintf(stderr, "usage: %s cfr|rw SOURCE DESTINATION BLOCK_BYTES COPIES\n", argv[0]);
		return 2;
	}
	int source = open(argv[2], O_RDONLY);
	int destination = open(argv[3], O_RDWR);
	if (source < 0 || destination < 0 || fstat(source, &status) < 0)
		die("open");
	size_t block = strtoul(argv[4], NULL, 10);
	long copies = strtol(argv[5], NULL, 10);
	uint32_t blocks = status.st_size / block;
	void *buffer = mmap(NULL, block, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (buffer == MAP_FAILED)
		die("mmap");

	double from = cpu_seconds();
	for (long i = 0; i < copies; i++) {
		off_t in = (off_t)(xorshift(&random) % blocks) * block;
		off_t out = in;
		uint64_t begin = now_ns();
		ssize_t done;

		if (strcmp(argv[1], "cfr") == 0) {
			done = copy_file_range(source, &in, destination, &out, block, 0);
		} else {
			done = pread(source, buffer, block, in);
			if (done == (ssize_t)block)
				done = pwrite(destination, buffer, block, out);
		}
		if (done != (ssize_t)block)
			die("copy");
		total_ns += now_ns() - begin;
	}
	printf("%.0f %.0f\n", copies / (cpu_seconds() - from), (double)total_ns / copies);
	return 0;
}
