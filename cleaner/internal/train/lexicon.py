"""The lexicon: how much each word indicates that a block is content, or that it is not."""
import struct, zlib

import numpy

from corpus import FOLDS

# A word is in the lexicon if it is on at least MIN_SITES sites and the absolute value of its weight is at least MIN_WEIGHT. The
# usual share of content counts like that of PRIOR_SITES further sites, which draws the weights of rare words toward 0.
MIN_SITES, MIN_WEIGHT, PRIOR_SITES = 15, 0.4, 4
TOKEN_KINDS = 7
COLUMNS = TOKEN_KINDS * 3 + 4


class Lexicon:
    """Counts the tokens that the Go program wrote. The vocabulary comes from the corpora in `trained`, and count counts those that it is
    given; columns looks up the tokens of any corpus."""

    def __init__(self, trained, others):
        read = {c.name: self.read(c) for c in trained + others}
        vocabulary = numpy.unique(numpy.concatenate([read[c.name][0] for c in trained]))
        sites, numbers = numpy.zeros(len(vocabulary), numpy.int32), {}
        for c in trained:
            own, place = read[c.name]
            site = numpy.array([numbers.setdefault(p['site'], len(numbers)) for p in c.pages])[c.page_of[place // TOKEN_KINDS]]
            sites += numpy.bincount(numpy.unique(numpy.searchsorted(vocabulary, own) << 20 | site) >> 20, minlength=len(vocabulary)).astype(numpy.int32)
        self.vocabulary = vocabulary[sites >= MIN_SITES]
        self.kind = (self.vocabulary >> numpy.uint64(32)).astype(numpy.int64)
        self.tokens = {}
        for name, (own, place) in read.items():
            number = numpy.minimum(numpy.searchsorted(self.vocabulary, own), len(self.vocabulary) - 1)
            known = self.vocabulary[number] == own
            order = numpy.argsort(place[known], kind='stable')
            self.tokens[name] = number[known][order].astype(numpy.int32), place[known][order]

    @staticmethod
    def read(c):
        """Returns the tokens of all blocks of a corpus and, for each token, the index of its block times TOKEN_KINDS plus its kind."""
        data = numpy.fromfile(c.file('.tokens.u64'), '<u8')
        counts, is_token, at = numpy.zeros(len(c.labels), numpy.int64), numpy.ones(len(data), bool), 0
        for block in range(len(counts)):
            counts[block], is_token[at] = data[at], False
            at += int(data[at]) + 1
        own = data[is_token]
        return own, numpy.repeat(numpy.arange(len(counts)), counts) * TOKEN_KINDS + (own >> numpy.uint64(32)).astype(numpy.int64)

    def count(self, corpora, without=()):
        """Sets, for each fold and each word, how many sites have the word (self.sites), and the sum over these sites of the share of
        content among the blocks with the word (self.content). The sites in `without` do not count."""
        self.content, self.sites = numpy.zeros((FOLDS, len(self.vocabulary))), numpy.zeros((FOLDS, len(self.vocabulary)))
        for c in corpora:
            ids, place = self.tokens[c.name]
            numbers, site = {}, numpy.full(len(c.pages), -1)
            for i, page in enumerate(c.pages):
                if page['site'] not in without:
                    site[i] = numbers.setdefault(page['site'], len(numbers))
            folds = numpy.zeros(len(numbers) + 1, int)
            folds[site] = c.folds
            block = place // TOKEN_KINDS
            used = (c.weights[block] > 0) & (site[c.page_of[block]] >= 0)
            pairs, inverse = numpy.unique(ids[used].astype(numpy.int64) << 32 | site[c.page_of[block[used]]], return_inverse=True)
            share = numpy.bincount(inverse, c.labels[block[used]]) / numpy.bincount(inverse)
            numpy.add.at(self.content, (folds[pairs & 0xffffffff], pairs >> 32), share)
            numpy.add.at(self.sites, (folds[pairs & 0xffffffff], pairs >> 32), 1)

    def weights(self, folds=range(FOLDS)):
        """Returns the weight of each word, counted on the sites in the given folds, or 0 if the word is not in the lexicon."""
        folds = list(folds)
        content, sites = self.content[folds].sum(0), self.sites[folds].sum(0)
        usual = numpy.array([content[self.kind == k].sum() / max(sites[self.kind == k].sum(), 1) for k in range(TOKEN_KINDS)])[self.kind]
        rate = numpy.clip((content + PRIOR_SITES * usual) / (sites + PRIOR_SITES), 0.005, 0.995)
        weights = numpy.log(rate / (1 - rate)) - numpy.log(usual / (1 - usual))
        weights[(sites < MIN_SITES) | (numpy.abs(weights) < MIN_WEIGHT)] = 0
        return numpy.round(weights, 2).astype(numpy.float32)

    def columns(self, c, weights):
        """Returns the lexicon's columns of a corpus's rows, as putLexical in package judge computes them from these weights."""
        ids, place = self.tokens[c.name]
        known = weights[ids] != 0
        place, own = place[known], weights[ids[known]]
        starts = numpy.nonzero(numpy.diff(place, prepend=-1))[0]
        sums = numpy.zeros((len(c.labels) * TOKEN_KINDS, 3), numpy.float32)
        if len(starts):
            sums[place[starts], 0] = numpy.add.reduceat(own, starts)
            sums[place[starts], 1] = numpy.maximum(numpy.maximum.reduceat(own, starts), 0)
            sums[place[starts], 2] = numpy.minimum(numpy.minimum.reduceat(own, starts), 0)
        sums = sums.reshape(-1, TOKEN_KINDS * 3)
        around = numpy.zeros((len(sums), 4), numpy.float32)
        headed = c.heading >= 0
        around[headed, 0], around[headed, 1] = sums[c.heading[headed], 0], sums[c.heading[headed], 3]
        same = numpy.diff(c.page_of) == 0
        around[1:, 2], around[:-1, 3] = numpy.where(same, sums[:-1, 0], 0), numpy.where(same, sums[1:, 0], 0)
        return numpy.hstack([sums, around])

    def write(self, file):
        """Writes the file that package judge reads. Returns the number of words in it."""
        weights = self.weights()
        used = numpy.nonzero(weights)[0]
        by_hash = {int(self.vocabulary[i] & numpy.uint64(0xffffffff)): int(round(float(weights[i]) * 100)) for i in used}
        body = struct.pack('<I', len(by_hash)) + b''.join(struct.pack('<Ih', h, w) for h, w in sorted(by_hash.items()))
        with open(file, 'wb') as out:
            out.write(b'dechafflex\x01' + struct.pack('<I', zlib.crc32(body)) + body)
        return len(by_hash)
