"""The labeled pages: which of their blocks are content, and how good a choice of blocks is."""
import collections, hashlib, json, os, re

import numpy

# A token is a run of letters and digits. In Chinese, Japanese and Korean text, each character is a token.
UNSPACED = '\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u3040-\u30ff'
TOKEN = re.compile(f'[{UNSPACED}]|[^\\W{UNSPACED}]+')
WORD = re.compile(r'\w+')

# The corpora disagree about whether blocks of these kinds are content, so they have no weight and are not in the scored text.
UNJUDGED = {'headline', 'caption', 'byline', 'date'}

KINDS = ['article', 'forum', 'product', 'collection', 'listing', 'documentation', 'service']
FOLDS = 5

# The weight of a page, by collection (default 1). It keeps large collections of one kind of page from outweighing the others.
WEIGHTS = dict(blogs=0.5, cleaneval=0.6, gnews=0.6, world=2, threads=2)

# In collections with several kinds of page, the weight of a page is multiplied by this, by kind (default 1). There are few
# threads and many articles, and readers' comments on articles look like posts in threads.
KIND_SCALES = dict(forum=2)

# The collections whose reference texts contain readers' comments. Those of the other collections do not.
WITH_COMMENTS = {'cleaneval'}

# The bounds of a page's threshold, as in judge.go. The last number replaces judge.go's articleScale, which raises the threshold
# in proportion to the probability that the page is an article: it is a typical factor for all pages.
MIN_THRESHOLD, MAX_THRESHOLD, THRESHOLD_SCALE = 0.2, 0.6, 1.07

# The minimum number of words in an article. If fewer words are kept, there is no article.
MIN_WORDS = 8

SECOND_LEVEL = {'ac', 'co', 'com', 'edu', 'gov', 'in', 'net', 'org'}


def site_of(entry):
    """Returns approximately the registrable domain, to keep a site's pages together. A page of unknown origin is a site of its own."""
    host = entry.get('host') or re.sub(r'^\w+://', '', entry.get('url') or '').split('/')[0].split(':')[0]
    parts = host.lower().split('.')
    if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in SECOND_LEVEL:
        return '.'.join(parts[-3:])
    return '.'.join(parts[-2:]) or entry['id']


def fold_of(site):
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS


class Corpus:
    """The pages of a corpus, as the Go program described them in a directory, with a label and a weight for each block."""

    def __init__(self, folder, directory, name=None):
        self.folder, self.directory, self.base = folder, directory, os.path.basename(folder.rstrip('/'))
        self.name = name or self.base
        with open(os.path.join(folder, 'truth.jsonl')) as lines:
            self.truth = {t['id']: t for t in map(json.loads, lines)}
        self.pages, at = [], 0
        with open(self.file('.jsonl')) as lines:
            for page in map(json.loads, lines):
                page['from'], page['to'] = at, at + len(page['blocks'])
                at = page['to']
                page['site'] = site_of(self.truth[page['id']])
                self.pages.append(page)
        self.sites = {p['site'] for p in self.pages}
        self.folds = numpy.array([fold_of(p['site']) for p in self.pages])
        self.labels, self.weights = numpy.zeros(at, numpy.float32), numpy.zeros(at, numpy.float32)
        self.page_of = numpy.zeros(at, numpy.int32)
        self.heading = numpy.full(at, -1)
        for number, page in enumerate(self.pages):
            self.page_of[page['from']:page['to']] = number
            heading = -1
            for i, block in enumerate(page['blocks'], page['from']):
                self.heading[i] = heading
                if block['kind'] in ('heading', 'headline'):
                    heading = i
            if self.truth[page['id']].get('text'):
                self.label(page, self.truth[page['id']])
        self.judged = numpy.array([b['kind'] not in UNJUDGED for p in self.pages for b in p['blocks']])
        self.words = numpy.array([b['words'] for p in self.pages for b in p['blocks']], numpy.float32)

    def file(self, ending):
        return os.path.join(self.directory, self.base + ending)

    def label(self, page, truth):
        """Labels the blocks of a page, and weighs them. A block is content if at least half of its token trigrams are in the truth. A
        block of one or two tokens is content if it is a whole line of the truth, or if a trigram that it forms with its neighbors is
        in the truth; in a cell, an item or code, it is enough that the token or the pair is in the truth. A block that is in the
        truth's supplement but is not content has no weight."""
        tokens = TOKEN.findall(truth['text'].lower())
        triples, pairs, single = set(zip(tokens, tokens[1:], tokens[2:])), set(zip(tokens, tokens[1:])), set(tokens)
        lines = {' '.join(TOKEN.findall(line.lower())) for line in truth['text'].split('\n')}
        aside = TOKEN.findall((truth.get('supplement') or '').lower())
        aside = set(zip(aside, aside[1:], aside[2:]))
        all_words = [TOKEN.findall(block['text'].lower()) for block in page['blocks']]
        for k, block in enumerate(page['blocks']):
            words, i = all_words[k], page['from'] + k
            if not words:
                continue
            apart = False
            if len(words) >= 3:
                own = list(zip(words, words[1:], words[2:]))
                content = 2 * sum(t in triples for t in own) >= len(own)
                apart = not content and 2 * sum(t in aside for t in own) >= len(own)
            else:
                above, below = all_words[k - 1][-2:] if k else [], all_words[k + 1][:2] if k + 1 < len(all_words) else []
                near = above + words + below
                content = ' '.join(words) in lines or any(
                    t in triples for n, t in enumerate(zip(near, near[1:], near[2:])) if n < len(above) + len(words) and n + 2 >= len(above))
                if block['kind'] in ('cell', 'item', 'code'):
                    content = content or (tuple(words) in pairs if len(words) == 2 else words[0] in single)
            self.labels[i] = content
            if block['kind'] not in UNJUDGED and not apart:
                self.weights[i] = max(block['words'], 1) ** 0.5
        blocks = slice(page['from'], page['to'])
        if self.weights[blocks].sum() > 0:
            self.weights[blocks] /= self.weights[blocks].sum()

    def kinds(self):
        return numpy.array([KINDS.index(t['type']) if (t := self.truth[p['id']]).get('type') in KINDS else -1 for p in self.pages])

    def rows(self, names, directory=None):
        """Returns the features of all blocks, one row per block, mapped into memory."""
        file = os.path.join(directory or self.directory, self.base + '.f32')
        return numpy.memmap(file, '<f4', 'r').reshape(-1, len(names))

    def sample(self, rows, names, most):
        """Returns the indexes and the weights of the blocks to learn from. If a page has more than `most` of them, that many are drawn
        at random. The weights of a page add up to one, times the weights of its collection and its kind."""
        weights = self.weights.copy()
        if self.base in WITH_COMMENTS:
            weights[rows[:, names.index('below a box named comment')] < 24] = 0
        several = len({t.get('type') for t in self.truth.values()}) > 1
        random, numbers, weighed = numpy.random.default_rng(1), [], []
        for page in self.pages:
            own = page['from'] + numpy.nonzero(weights[page['from']:page['to']] > 0)[0]
            if len(own) > most:
                own = numpy.sort(random.choice(own, most, replace=False))
            if len(own):
                numbers.append(own)
                scale = KIND_SCALES.get(self.truth[page['id']].get('type'), 1) if several else 1
                weighed.append(weights[own] / weights[own].sum() * WEIGHTS.get(self.base, 1) * scale)
        return numpy.concatenate(numbers), numpy.concatenate(weighed).astype(numpy.float32)


def threshold(probability, words):
    """Returns half of the best F1 that can be expected from the probabilities, within bounds, times THRESHOLD_SCALE."""
    order = numpy.argsort(-probability, kind='stable')
    right, kept = numpy.cumsum((probability * words)[order]), numpy.cumsum(words[order])
    if not len(order) or kept[-1] == 0:
        return MIN_THRESHOLD
    return min(max((2 * right[kept > 0] / (kept[kept > 0] + right[-1])).max() / 2, MIN_THRESHOLD), MAX_THRESHOLD) * THRESHOLD_SCALE


def word_f1(predicted, truth):
    """Returns the bag-of-words F1 of one page, as WCXB's evaluate.py computes it."""
    p, t = WORD.findall(predicted.lower()), WORD.findall(truth.lower())
    if not p or not t:
        return float(not p and not t)
    both = sum((collections.Counter(p) & collections.Counter(t)).values())
    return 2 * both / (len(p) + len(t))


def score(corpus, probability, headline):
    """Returns the mean word F1 of all pages and of each language (or kind, if the language is unknown) with at least ten pages. Blocks
    are kept by their probabilities and the threshold alone. If headline is set, the truth begins with the headline, and so the title
    is put before the text, unless it is already at the beginning."""
    found = collections.defaultdict(list)
    for page in corpus.pages:
        truth = corpus.truth[page['id']]
        if truth.get('text') is None:
            continue
        blocks = slice(page['from'], page['to'])
        kept = probability[blocks] > threshold(probability[blocks], corpus.words[blocks] * corpus.judged[blocks])
        text = '\n'.join(b['text'] for b, k in zip(page['blocks'], kept) if k and b['kind'] not in UNJUDGED)
        if (corpus.words[blocks] * corpus.judged[blocks] * kept).sum() < MIN_WORDS:
            text = ''
        if headline and page['title'] and page['title'].lower() not in text[:len(page['title']) + 200].lower():
            text = page['title'] + '\n' + text
        f1 = word_f1(text, truth['text'])
        found['all'].append(f1)
        found[truth.get('lang') or truth.get('type')].append(f1)
    return '  '.join(f'{kind} {numpy.mean(values):.4f}' for kind, values in sorted(found.items(), key=lambda kv: str(kv[0])) if len(values) >= 10)
