/*
 * The kernels once more in C, as fast as we can write them: the limit that the Java kernels are set
 * beside. One cubic periodic box, two species, one thread; the method is that of the Java code
 * (blocks of cells, candidates sorted into shells around a block, pairs of A met once for scores,
 * a table in the squared distance, a fast Gauss transform for features), the inner loops are
 * written for AVX-512 where the compiler has it.
 *
 *     cc -O3 -march=native -o reference reference.c -lm
 *
 * Reads lines KERNEL FRAME MILLIS THREADS, as the Java worker does: FRAME holds doubles, the edge
 * and then x, y, z, species of each particle. Runs the kernel for about MILLIS of CPU time and
 * answers with the smallest cost of a frame in ms. KERNEL is score, features-live or features-exact;
 * KERNEL=FILE also writes the results for the particles of species 0, in order, as doubles. The
 * weights of the score are ((37 k) mod 101 - 50) / 150.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

enum { RADII = 50, PADDED = 56, SHELLS = 128, MANTISSA_BITS = 7 };
static const double DELTA = 0.2, CUTOFF = 6.2, SCORE_REACH = 6.0, LIVE_REACH = 5.9;

static int count, targets;
static double edge, *position;
static int *species;

/* Particles sorted by species and fine cell. */
static int fine, *start, *rank_of;
static double *sx, *sy, *sz;

/* Candidates of one block, a species each. */
typedef struct {
  int n, capacity, begin[SHELLS + 2];
  double *gx, *gy, *gz, *x, *y, *z;
  int *grank, *rank, *shell;
} Candidates;
static Candidates candidate[2];

static void *room(size_t bytes) {
  void *p = aligned_alloc(64, (bytes + 127) / 64 * 64);
  if (!p) abort();
  memset(p, 0, bytes);
  return p;
}

static void read_frame(const char *file) {
  FILE *in = fopen(file, "rb");
  if (!in) { perror(file); exit(1); }
  fseek(in, 0, SEEK_END);
  count = (int)((ftell(in) / 8 - 1) / 4);
  rewind(in);
  double *all = room(8 * (4 * (size_t)count + 1));
  if (fread(all, 8, 4 * (size_t)count + 1, in) != 4 * (size_t)count + 1) exit(1);
  fclose(in);
  edge = all[0];
  position = room(24 * (size_t)count);
  species = room(4 * (size_t)count);
  for (int i = 0; i < count; i++) {
    for (int d = 0; d < 3; d++) position[3 * i + d] = all[1 + 4 * i + d] - edge * floor(all[1 + 4 * i + d] / edge);
    species[i] = (int)all[4 + 4 * i];
    targets += species[i] == 0;
  }
  int blocks = (int)fmax(1, rint(edge / fmax(6.0 / 4, cbrt(edge * edge * edge / fmax(1, count / 50.0)))));
  fine = 2 * blocks;
  size_t cells = (size_t)fine * fine * fine;
  start = room(4 * (2 * cells + 2));
  rank_of = room(4 * (size_t)count);
  sx = room(8 * (size_t)count); sy = room(8 * (size_t)count); sz = room(8 * (size_t)count);
  for (int s = 0; s < 2; s++) {
    Candidates *c = &candidate[s];
    c->capacity = count * 4 + 4096;
    double **arrays[] = {&c->gx, &c->gy, &c->gz, &c->x, &c->y, &c->z};
    for (int a = 0; a < 6; a++) *arrays[a] = room(8 * ((size_t)c->capacity + 16));
    c->grank = room(4 * ((size_t)c->capacity + 16)); c->rank = room(4 * ((size_t)c->capacity + 16)); c->shell = room(4 * ((size_t)c->capacity + 16));
  }
  free(all);
}

static int cell_of(double v) { int c = (int)(v / edge * fine); return c < fine ? c : fine - 1; }

static void sort_frame(void) {
  int cells = fine * fine * fine;
  static int *key, *next;
  if (!key) { key = room(4 * (size_t)count); next = room(4 * (2 * (size_t)cells + 2)); }
  memset(start, 0, 4 * (2 * (size_t)cells + 1));
  for (int i = 0; i < count; i++) {
    key[i] = species[i] * cells + (cell_of(position[3 * i + 2]) * fine + cell_of(position[3 * i + 1])) * fine + cell_of(position[3 * i]);
    start[key[i] + 1]++;
  }
  for (int c = 0; c < 2 * cells; c++) start[c + 1] += start[c];
  memcpy(next, start, 4 * (2 * (size_t)cells + 1));
  for (int i = 0; i < count; i++) {
    int r = next[key[i]]++;
    rank_of[i] = r;
    sx[r] = position[3 * i]; sy[r] = position[3 * i + 1]; sz[r] = position[3 * i + 2];
  }
}

static int floor_div(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }
static double gap(int o, double h) { return o < -1 ? (-1 - o) * h : o > 2 ? (o - 2) * h : 0; }
static int side(int o) { return floor_div(o, 2); }

/* Everything within reach of the block (bx, by, bz); of species 0, with `half`, only what is behind it. */
static void gather(int bx, int by, int bz, double reach, int half) {
  double h = edge / fine;
  int m = (int)(reach / h) + 2;
  double mid[3] = {(2 * bx + 1) * h, (2 * by + 1) * h, (2 * bz + 1) * h};
  double outer = reach + sqrt(3) * h, scale = SHELLS / (outer * outer * (1 + 1e-9));
  for (int s = 0; s < 2; s++) {
    Candidates *c = &candidate[s];
    c->n = 0;
    for (int k = -m; k <= m; k++)
      for (int j = -m; j <= m; j++) {
        double rest = reach * reach - gap(j, h) * gap(j, h) - gap(k, h) * gap(k, h);
        if (rest < 0) continue;
        int wide = (int)(sqrt(rest) / h) + 1, from = -wide, to = 1 + wide;
        if (half && s == 0) {
          int order = side(k) ? side(k) : side(j);
          if (order < 0) continue;
          if (order == 0) from = 2;
        }
        int v = 2 * by + j, w = 2 * bz + k, iy = floor_div(v, fine), iz = floor_div(w, fine);
        int line = ((w - iz * fine) * fine + v - iy * fine) * fine + s * fine * fine * fine;
        for (int u = 2 * bx + from, last = 2 * bx + to; u <= last;) {
          int ix = floor_div(u, fine), end = (ix + 1) * fine - 1 < last ? (ix + 1) * fine - 1 : last;
          int a = start[line + u - ix * fine], b = start[line + end - ix * fine + 1];
          double ox = ix * edge, oy = iy * edge, oz = iz * edge;
          for (int r = a; r < b; r++) {
            c->gx[c->n] = sx[r] + ox; c->gy[c->n] = sy[r] + oy; c->gz[c->n] = sz[r] + oz;
            c->grank[c->n++] = r;
          }
          u = end + 1;
        }
      }
    memset(c->begin, 0, sizeof c->begin);
    for (int i = 0; i < c->n; i++) {
      double dx = c->gx[i] - mid[0], dy = c->gy[i] - mid[1], dz = c->gz[i] - mid[2];
      double d = (dx * dx + dy * dy + dz * dz) * scale;
      c->shell[i] = d < SHELLS ? (int)d : SHELLS;
      c->begin[c->shell[i]]++;
    }
    int sum = 0;
    for (int b = 0; b <= SHELLS + 1; b++) { int size = c->begin[b]; c->begin[b] = sum; sum += size; }
    for (int i = 0; i < c->n; i++) {
      int to = c->begin[c->shell[i]]++;
      c->x[to] = c->gx[i]; c->y[to] = c->gy[i]; c->z[to] = c->gz[i]; c->rank[to] = c->grank[i];
    }
    memmove(c->begin + 1, c->begin, 4 * (SHELLS + 1));
    c->begin[0] = 0;
    for (int i = 0; i < 16; i++) c->x[c->n + i] = 1e100;
  }
}

/* Candidates that may be within reach of a particle of the block. */
static int searched(const Candidates *c, const double *p, const double *mid, double reach, double h) {
  double ox = p[0] - mid[0], oy = p[1] - mid[1], oz = p[2] - mid[2];
  double far = reach + sqrt(ox * ox + oy * oy + oz * oz), outer = reach + sqrt(3) * h;
  int shell = (int)(far * far * (1 + 1e-9) * SHELLS / (outer * outer)) + 1;
  return c->begin[shell < SHELLS ? shell : SHELLS];
}

/* The function of a model, tabulated by the square of the distance: parabolas. */
typedef struct { double c0, c1, c2, none; } Segment;
static Segment *table[2];
static double weight[2 * RADII];
static int64_t first_segment;

static double phi(int s, double r) {
  double sum = 0;
  for (int k = 0; k < RADII; k++) { double off = 0.1 * (k + 1) - r; sum += weight[RADII * s + k] * exp(-off * off / (2 * DELTA * DELTA)); }
  return sum;
}
static double of_bits(int64_t b) { double d; memcpy(&d, &b, 8); return d; }
static int64_t bits_of(double d) { int64_t b; memcpy(&b, &d, 8); return b; }

static void tabulate(void) {
  int shift = 52 - MANTISSA_BITS;
  first_segment = bits_of(0x1p-16) >> shift;
  int segments = (int)((bits_of(SCORE_REACH * SCORE_REACH) >> shift) - first_segment + 2);
  for (int k = 0; k < 2 * RADII; k++) weight[k] = (k * 37 % 101 - 50) / 150.0;
  for (int s = 0; s < 2; s++) {
    table[s] = room(sizeof(Segment) * (size_t)segments);
    for (int n = 0; n < segments; n++) {
      double low = of_bits((first_segment + n) << shift), high = of_bits((first_segment + n + 1) << shift);
      double centre = (low + high) / 2, off = sqrt(3) / 4 * (high - low);
      double mid = phi(s, sqrt(centre)), below = phi(s, sqrt(centre - off)), above = phi(s, sqrt(centre + off));
      double slope = (above - below) / (2 * off), bend = (above - 2 * mid + below) / (2 * off * off);
      table[s][n] = (Segment){mid - centre * (slope - centre * bend), slope - 2 * centre * bend, bend, 0};
    }
  }
}

static inline double term(const Segment *t, double d) {
  int64_t n = (bits_of(d) >> (52 - MANTISSA_BITS)) - first_segment;
  const Segment *c = t + (n > 0 ? n : 0);
  return c->c0 + d * (c->c1 + d * c->c2);
}

static double *squared;
static int *near_index;

/* Squared distances below the limit and whose they are: closed up. */
static int close_up(const Candidates *c, int n, const double *p, double limit) {
  int found = 0;
#ifdef __AVX512F__
  __m512d px = _mm512_set1_pd(p[0]), py = _mm512_set1_pd(p[1]), pz = _mm512_set1_pd(p[2]), far = _mm512_set1_pd(limit);
  __m256i index = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), eight = _mm256_set1_epi32(8);
  for (int i = 0; i < n; i += 8) {
    __m512d dx = _mm512_sub_pd(_mm512_load_pd(c->x + i), px), dy = _mm512_sub_pd(_mm512_load_pd(c->y + i), py), dz = _mm512_sub_pd(_mm512_load_pd(c->z + i), pz);
    __m512d d = _mm512_fmadd_pd(dx, dx, _mm512_fmadd_pd(dy, dy, _mm512_mul_pd(dz, dz)));
    __mmask8 in = _mm512_cmp_pd_mask(d, far, _CMP_LT_OQ);
    _mm512_storeu_pd(squared + found, _mm512_maskz_compress_pd(in, d));
    _mm256_storeu_si256((__m256i *)(near_index + found), _mm256_maskz_compress_epi32(in, index));
    found += __builtin_popcount(in);
    index = _mm256_add_epi32(index, eight);
  }
#else
  for (int i = 0; i < n; i++) {
    double dx = c->x[i] - p[0], dy = c->y[i] - p[1], dz = c->z[i] - p[2], d = dx * dx + dy * dy + dz * dz;
    squared[found] = d;
    near_index[found] = i;
    found += d < limit;
  }
#endif
  return found;
}

#ifdef __AVX512F__
/* Eight segments, one to a register half, turned over into eight c0, c1, c2. */
static inline __m512d eight_terms(const Segment *t, __m512d d) {
  __m512i n = _mm512_max_epi64(_mm512_sub_epi64(_mm512_srli_epi64(_mm512_castpd_si512(d), 52 - MANTISSA_BITS), _mm512_set1_epi64(first_segment)), _mm512_setzero_si512());
  int64_t at[8] __attribute__((aligned(64)));
  _mm512_store_si512(at, n);
  const double *b = (const double *)t;
  __m512d r0 = _mm512_insertf64x4(_mm512_castpd256_pd512(_mm256_load_pd(b + 4 * at[0])), _mm256_load_pd(b + 4 * at[4]), 1);
  __m512d r1 = _mm512_insertf64x4(_mm512_castpd256_pd512(_mm256_load_pd(b + 4 * at[1])), _mm256_load_pd(b + 4 * at[5]), 1);
  __m512d r2 = _mm512_insertf64x4(_mm512_castpd256_pd512(_mm256_load_pd(b + 4 * at[2])), _mm256_load_pd(b + 4 * at[6]), 1);
  __m512d r3 = _mm512_insertf64x4(_mm512_castpd256_pd512(_mm256_load_pd(b + 4 * at[3])), _mm256_load_pd(b + 4 * at[7]), 1);
  __m512d a = _mm512_unpacklo_pd(r0, r1), e = _mm512_unpacklo_pd(r2, r3), f = _mm512_unpackhi_pd(r0, r1), g = _mm512_unpackhi_pd(r2, r3);
  __m512i low = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13), high = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
  __m512d c0 = _mm512_permutex2var_pd(a, low, e), c1 = _mm512_permutex2var_pd(f, low, g), c2 = _mm512_permutex2var_pd(a, high, e);
  return _mm512_fmadd_pd(_mm512_fmadd_pd(c2, d, c1), d, c0);
}
#endif

static double sum_near(const Segment *t, int n, double *gained) {
  double sum = 0;
  int i = 0;
#ifdef __AVX512F__
  __m512d sums = _mm512_setzero_pd();
  for (; i < n; i += 8) {
    int left = n - i;
    __mmask8 some = left >= 8 ? 255 : (__mmask8)((1 << left) - 1);
    __m512d d = _mm512_maskz_loadu_pd(some, squared + i);
    __m512d v = _mm512_maskz_mov_pd(some, eight_terms(t, d));
    sums = _mm512_add_pd(sums, v);
    if (gained) {
      double each[8] __attribute__((aligned(64)));
      _mm512_store_pd(each, v);
      if (some == 255) for (int k = 0; k < 8; k++) gained[near_index[i + k]] += each[k];
      else for (int k = 0; k < left; k++) gained[near_index[i + k]] += each[k];
    }
  }
  return _mm512_reduce_add_pd(sums);
#endif
  for (; i < n; i++) {
    double v = term(t, squared[i]);
    sum += v;
    if (gained) gained[near_index[i]] += v;
  }
  return sum;
}

static double *sums, *gained;

/* Particles of species 0 of a block. */
static int own_particles(int bx, int by, int bz, int *own) {
  int owned = 0;
  for (int row = 0; row < 4; row++) {
    int cell = ((2 * bz + row / 2) * fine + 2 * by + row % 2) * fine + 2 * bx;
    for (int r = start[cell]; r < start[cell + 2]; r++) own[owned++] = r;
  }
  return owned;
}

static void score(double *out) {
  int blocks = fine / 2;
  double h = edge / fine, limit = SCORE_REACH * SCORE_REACH;
  memset(sums, 0, 8 * (size_t)count);
  for (int b = 0; b < blocks * blocks * blocks; b++) {
    int bx = b % blocks, by = b / blocks % blocks, bz = b / (blocks * blocks);
    gather(bx, by, bz, SCORE_REACH, 1);
    memset(gained, 0, 8 * (size_t)candidate[0].n + 64);
    double mid[3] = {(2 * bx + 1) * h, (2 * by + 1) * h, (2 * bz + 1) * h};
    int own[4096], owned = own_particles(bx, by, bz, own);
    for (int i = 0; i < owned; i++) {
      double p[3] = {sx[own[i]], sy[own[i]], sz[own[i]]}, sum = 0;
      sum += sum_near(table[0], close_up(&candidate[0], searched(&candidate[0], p, mid, SCORE_REACH, h), p, limit), gained);
      sum += sum_near(table[1], close_up(&candidate[1], searched(&candidate[1], p, mid, SCORE_REACH, h), p, limit), NULL);
      for (int j = i + 1; j < owned; j++) {
        double dx = sx[own[j]] - p[0], dy = sy[own[j]] - p[1], dz = sz[own[j]] - p[2], d = dx * dx + dy * dy + dz * dz;
        if (d < limit) { double v = term(table[0], d); sum += v; sums[own[j]] += v; }
      }
      sums[own[i]] += sum;
    }
    for (int i = 0; i < candidate[0].n; i++) sums[candidate[0].rank[i]] += gained[i];
  }
  for (int i = 0, n = 0; i < count; i++) if (species[i] == 0) out[n++] = sums[rank_of[i]];
}

/* A fast Gauss transform in one dimension: moments of the distances in bins, then a banded product. */
typedef struct { int moments, bins, first[256], last[256], begin[PADDED / 8], end[PADDED / 8]; double reach, bins_per_sigma, *coefficient; } Transform;

static Transform transform(int moments, double bin, double band, double reach) {
  Transform t = {.moments = moments, .reach = reach, .bins_per_sigma = 1 / (bin * DELTA)};
  t.bins = (int)(CUTOFF * t.bins_per_sigma) + 1;
  t.coefficient = room(8 * (size_t)t.bins * (size_t)moments * PADDED);
  for (int b = 0; b < t.bins; b++) {
    t.first[b] = RADII;
    for (int k = 0; k < RADII; k++) {
      double radius = 0.1 * (k + 1), wide = (radius < 1 ? 8 : band) * DELTA + 0.5 / t.bins_per_sigma;
      if (fabs(radius - (b + 0.5) / t.bins_per_sigma) > wide) continue;
      if (k < t.first[b]) t.first[b] = k;
      t.last[b] = k + 1;
      double node[8], value[8], p[8] = {0};
      for (int n = 0; n < moments; n++) {
        node[n] = cos(M_PI * (n + 0.5) / moments);
        double off = radius - (b + 0.5 + 0.5 * node[n]) / t.bins_per_sigma;
        value[n] = exp(-off * off / (2 * DELTA * DELTA));
      }
      for (int order = 1; order < moments; order++)
        for (int n = moments - 1; n >= order; n--) value[n] = (value[n] - value[n - 1]) / (node[n] - node[n - order]);
      for (int n = moments - 1; n >= 0; n--) {
        for (int m = moments - 1; m > 0; m--) p[m] = p[m - 1] - node[n] * p[m];
        p[0] = value[n] - node[n] * p[0];
      }
      for (int m = 0; m < moments; m++) t.coefficient[((size_t)b * (size_t)moments + (size_t)m) * PADDED + (size_t)k] = p[m];
    }
    t.first[b] = t.first[b] / 8 * 8;
    t.last[b] = (t.last[b] + 7) / 8 * 8;
    for (int g = t.first[b] / 8; g < t.last[b] / 8; g++) {
      if (t.end[g] == 0) t.begin[g] = b;
      t.end[g] = b + 1;
    }
  }
  return t;
}

static void to_bins(const Transform *t, int n, double *moment) {
  memset(moment, 0, 8 * (size_t)(t->bins * t->moments));
  for (int i = 0; i < n; i++) squared[i] = sqrt(squared[i]) * t->bins_per_sigma;
  for (int i = 0; i < n; i++) {
    int b = (int)squared[i];
    double u = 2 * squared[i] - (2 * b + 1), u2 = u * u, *m = moment + t->moments * b;
#ifdef __AVX512F__
    __m256d low = _mm256_setr_pd(1, u, u2, u2 * u);
    _mm256_store_pd(m, _mm256_add_pd(_mm256_load_pd(m), low));
    if (t->moments == 8) _mm256_store_pd(m + 4, _mm256_fmadd_pd(low, _mm256_set1_pd(u2 * u2), _mm256_load_pd(m + 4)));
#else
    m[0] += 1; m[1] += u; m[2] += u2; m[3] += u2 * u;
    if (t->moments == 8) { double u4 = u2 * u2; m[4] += u4; m[5] += u4 * u; m[6] += u4 * u2; m[7] += u4 * u2 * u; }
#endif
  }
}

static void spread(const Transform *t, const double *moment, double *restrict out) {
#ifdef __AVX512F__
  for (int g = 0; g < PADDED / 8; g++) {
    __m512d even = _mm512_setzero_pd(), odd = even;
    for (int b = t->begin[g]; b < t->end[g]; b++) {
      const double *m = moment + t->moments * b, *c = t->coefficient + (size_t)(b * t->moments) * PADDED + 8 * g;
      for (int k = 0; k < t->moments; k += 2) {
        even = _mm512_fmadd_pd(_mm512_set1_pd(m[k]), _mm512_load_pd(c + k * PADDED), even);
        odd = _mm512_fmadd_pd(_mm512_set1_pd(m[k + 1]), _mm512_load_pd(c + (k + 1) * PADDED), odd);
      }
    }
    _mm512_storeu_pd(out + 8 * g, _mm512_add_pd(even, odd));
  }
#else
  memset(out, 0, 8 * PADDED);
  for (int b = 0; b < t->bins; b++) {
    const double *m = moment + t->moments * b, *c = t->coefficient + (size_t)(b * t->moments) * PADDED;
    if (m[0] == 0) continue;
    for (int k = t->first[b]; k < t->last[b]; k++)
      out[k] += (m[0] * c[k] + m[1] * c[PADDED + k]) + (m[2] * c[2 * PADDED + k] + m[3] * c[3 * PADDED + k]);
    if (t->moments == 8)
      for (int k = t->first[b]; k < t->last[b]; k++)
        out[k] += (m[4] * c[4 * PADDED + k] + m[5] * c[5 * PADDED + k]) + (m[6] * c[6 * PADDED + k] + m[7] * c[7 * PADDED + k]);
  }
#endif
}

static void features(const Transform *t, double *out) {
  int blocks = fine / 2;
  double h = edge / fine, limit = t->reach * t->reach;
  double *moment = squared + (candidate[0].capacity + 16) / 8 * 8, *row = moment + 8 * 256;
  static int *slot;
  if (!slot) slot = room(4 * (size_t)count);
  for (int i = 0, n = 0; i < count; i++) if (species[i] == 0) slot[rank_of[i]] = n++;
  for (int b = 0; b < blocks * blocks * blocks; b++) {
    int bx = b % blocks, by = b / blocks % blocks, bz = b / (blocks * blocks);
    gather(bx, by, bz, t->reach, 0);
    double mid[3] = {(2 * bx + 1) * h, (2 * by + 1) * h, (2 * bz + 1) * h};
    int own[4096], owned = own_particles(bx, by, bz, own);
    for (int i = 0; i < owned; i++) {
      double p[3] = {sx[own[i]], sy[own[i]], sz[own[i]]};
      for (int s = 0; s < 2; s++) {
        int n = close_up(&candidate[s], searched(&candidate[s], p, mid, t->reach, h), p, limit);
        if (s == 0) { /* not with itself */
          int kept = 0;
          for (int k = 0; k < n; k++) if (squared[k] == 0) { squared[k] = squared[n - 1]; kept = 1; break; }
          n -= kept;
        }
        to_bins(t, n, moment);
        spread(t, moment, row);
        memcpy(out + (2 * (size_t)slot[own[i]] + (size_t)s) * RADII, row, 8 * RADII);
      }
    }
  }
}

int main(void) {
  char line[4096], kernel[2048], frame[2048];
  double millis, *out = NULL;
  int threads;
  Transform live = transform(4, 0.5, 4.5, LIVE_REACH), exact = transform(8, 0.6, 6, CUTOFF);
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%2047s %2047s %lf %d", kernel, frame, &millis, &threads) != 4) return 1;
    char *file = strchr(kernel, '=');
    if (file) *file++ = 0;
    int is_score = !strcmp(kernel, "score");
    const Transform *t = is_score ? NULL : !strcmp(kernel, "features-live") ? &live : !strcmp(kernel, "features-exact") ? &exact : NULL;
    if (!is_score && !t) { fprintf(stderr, "no kernel %s\n", kernel); return 1; }
    if (!out) {
      read_frame(frame);
      size_t most = (size_t)candidate[0].capacity + 16;
      out = room(8 * (size_t)targets * 2 * RADII);
      sums = room(8 * (size_t)count);
      gained = room(8 * most);
      squared = room(8 * (most + 8 * 256 + PADDED));
      near_index = room(4 * most);
      tabulate();
    }
    double best = 1e99;
    clock_t begin = clock();
    for (int n = 0; n < 2 || (double)(clock() - begin) < millis * CLOCKS_PER_SEC / 1000; n++) {
      struct timespec a, b;
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
      sort_frame();
      if (is_score) score(out); else features(t, out);
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
      best = fmin(best, (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) * 1e-6);
    }
    if (file) {
      FILE *to = fopen(file, "wb");
      if (!to || fwrite(out, 8, (size_t)targets * (is_score ? 1 : 2 * RADII), to) != (size_t)targets * (is_score ? 1 : 2 * RADII) || fclose(to)) { perror(file); return 1; }
    }
    printf("%g\n", best);
    fflush(stdout);
  }
  return 0;
}
