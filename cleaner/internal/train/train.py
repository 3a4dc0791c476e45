#!/usr/bin/python3
"""Grows the judge's trees and its lexicon, and says how good they are on sites they never saw.

    train.py DIR TRAIN... [--judge TEST...] [--models FOLDER] [--without GROUP] [--fast] [--languages]

Run it at the root of the repository: it has the Go program beside it describe the pages of the corpora into DIR, trains on TRAIN
by five folds of sites, and prints the scores. With --models it then trains on everything and writes the four models and the
lexicon. Needs Debian's python3-xgboost, python3-numpy and python3-scipy (README.md). The same input gives the same bytes, with
the same versions.

The order, and what each step learns from:
  kinds    the page's kind, from the page's own numbers
  lexicon  how much a word speaks for content: the share of content among a site's blocks with it, over sites
  first    whether a block is content, from the page and the lexicon
  second   the same, with the first opinions around it and the rules' labels as well
  voted    the same, with the extractor's vote as well
What a step reads of an earlier one was always made by a model that had not seen the site.
"""
import argparse, collections, hashlib, json, os, re, struct, subprocess, zlib

import numpy
import xgboost

# A token is a run of letters and digits, or one character of a script that is written without spaces.
UNSPACED = '\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u3040-\u30ff'
TOKEN = re.compile(f'[{UNSPACED}]|[^\\W{UNSPACED}]+')
WORD = re.compile(r'\w+')

# Corpora disagree about these, so that they carry no weight and are not in the text that is scored.
UNJUDGED = {'headline', 'caption', 'byline', 'date'}

KINDS = ['article', 'forum', 'product', 'collection', 'listing', 'documentation', 'service']
FOLDS = 5

# Small enough for the embedded files to stay under 400 KB. Weights sum to one a page, so that min_child_weight counts pages.
BLOCKS = dict(
    objective='binary:logistic', tree_method='hist', grow_policy='lossguide', max_depth=0, max_leaves=31, eta=0.1, subsample=0.8,
    colsample_bytree=0.5, min_child_weight=0.3, reg_lambda=1, max_bin=128, seed=1, nthread=2)
ROUNDS = 150
PAGES = dict(
    objective='multi:softprob', num_class=len(KINDS), tree_method='hist', grow_policy='lossguide', max_depth=0, max_leaves=8, eta=0.1,
    subsample=0.7, colsample_bytree=0.3, min_child_weight=2, reg_lambda=2, seed=1, nthread=2)
PAGE_ROUNDS = 50

# The lexicon: a word stands on at least so many sites, weighs at least so much, and is drawn towards nothing by so many sites.
MIN_SITES, MIN_WEIGHT, PRIOR_SITES = 15, 0.4, 4
TOKEN_KINDS = 7

# The bounds of a page's threshold, as judge.go has them.
MIN_THRESHOLD, MAX_THRESHOLD, COMPANY_RISE = 0.2, 0.6, 1.07

# The extractor is asked where the first opinions promise less, as vote.go has it.
SURE_F1 = 0.6

# An article has at least so many words; with fewer there is none.
MIN_WORDS = 8

SECOND_LEVEL = {'ac', 'co', 'com', 'edu', 'gov', 'in', 'net', 'org'}


def site_of(entry):
    """The registrable domain, near enough to keep a site's pages together."""
    host = entry.get('host') or re.sub(r'^\w+://', '', entry.get('url') or '').split('/')[0].split(':')[0]
    parts = host.lower().split('.')
    if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in SECOND_LEVEL:
        return '.'.join(parts[-3:])
    return '.'.join(parts[-2:]) or entry['id']


class Corpus:
    """A corpus's pages, and a label and a weight for each block."""

    def __init__(self, folder, directory):
        self.folder, self.name = folder, os.path.basename(folder.rstrip('/'))
        with open(os.path.join(folder, 'truth.jsonl')) as lines:
            self.truth = {t['id']: t for t in map(json.loads, lines)}
        self.pages, at = [], 0
        with open(os.path.join(directory, self.name + '.jsonl')) as lines:
            for page in map(json.loads, lines):
                page['from'], page['to'] = at, at + len(page['blocks'])
                at = page['to']
                page['site'] = site_of(self.truth[page['id']])
                page['fold'] = int(hashlib.md5(page['site'].encode()).hexdigest(), 16) % FOLDS
                self.pages.append(page)
        self.labels, self.weights = numpy.zeros(at, numpy.float32), numpy.zeros(at, numpy.float32)
        self.page_of, self.fold = numpy.zeros(at, numpy.int32), numpy.zeros(at, numpy.int8)
        self.heading = numpy.full(at, -1)
        for number, page in enumerate(self.pages):
            blocks = slice(page['from'], page['to'])
            self.page_of[blocks], self.fold[blocks] = number, page['fold']
            heading = -1
            for i, block in enumerate(page['blocks'], page['from']):
                self.heading[i] = heading
                if block['kind'] in ('heading', 'headline'):
                    heading = i
            if self.truth[page['id']].get('text'):
                self.label(page, self.truth[page['id']]['text'])
        self.judged = numpy.array([b['kind'] not in UNJUDGED for p in self.pages for b in p['blocks']])
        self.words = numpy.array([b['words'] for p in self.pages for b in p['blocks']], numpy.float32)

    def label(self, page, text):
        """A block is content when at least half of its word trigrams are in the truth; a shorter one when it is a line there, or when a
        trigram that it makes with its neighbours is there."""
        tokens = TOKEN.findall(text.lower())
        triples, pairs, single = set(zip(tokens, tokens[1:], tokens[2:])), set(zip(tokens, tokens[1:])), set(tokens)
        lines = {' '.join(TOKEN.findall(line.lower())) for line in text.split('\n')}
        all_words = [TOKEN.findall(block['text'].lower()) for block in page['blocks']]
        for k, block in enumerate(page['blocks']):
            words, i = all_words[k], page['from'] + k
            if not words:
                continue
            if len(words) >= 3:
                own = list(zip(words, words[1:], words[2:]))
                content = 2 * sum(t in triples for t in own) >= len(own)
            else:
                above, below = all_words[k - 1][-2:] if k else [], all_words[k + 1][:2] if k + 1 < len(all_words) else []
                near = above + words + below
                content = ' '.join(words) in lines or any(
                    t in triples for n, t in enumerate(zip(near, near[1:], near[2:])) if n < len(above) + len(words) and n + 2 >= len(above))
                if block['kind'] in ('cell', 'item', 'code'):
                    content = content or (tuple(words) in pairs if len(words) == 2 else words[0] in single)
            self.labels[i] = content
            if block['kind'] not in UNJUDGED:
                self.weights[i] = max(block['words'], 1) ** 0.5
        blocks = slice(page['from'], page['to'])
        if self.weights[blocks].sum() > 0:
            self.weights[blocks] /= self.weights[blocks].sum()

    def kinds(self):
        return [KINDS.index(self.truth[p['id']]['type']) if self.truth[p['id']].get('type') in KINDS else -1 for p in self.pages]

    def read(self, directory, ending, columns):
        return numpy.fromfile(os.path.join(directory, self.name + ending), '<f4').reshape(-1, columns)


class Lexicon:
    """What words tell, from the tokens that describe.go wrote."""

    def __init__(self, directory, corpora, trained):
        self.corpora, tokens, places = corpora, [], []
        for c in corpora:
            data = numpy.fromfile(os.path.join(directory, c.name + '.tokens.u64'), '<u8')
            counts, is_token, at = numpy.zeros(len(c.labels), numpy.int64), numpy.ones(len(data), bool), 0
            for block in range(len(counts)):
                counts[block], is_token[at] = data[at], False
                at += int(data[at]) + 1
            own = data[is_token]
            place = numpy.repeat(numpy.arange(len(counts)), counts) * TOKEN_KINDS + (own >> numpy.uint64(32)).astype(numpy.int64)
            order = numpy.argsort(place, kind='stable')
            tokens.append(own[order])
            places.append(place[order])
        self.vocabulary, inverse = numpy.unique(numpy.concatenate(tokens), return_inverse=True)
        self.kind = (self.vocabulary >> numpy.uint64(32)).astype(numpy.int64)
        ends = numpy.cumsum([len(t) for t in tokens])[:-1]
        self.tokens = [(ids.astype(numpy.int32), place) for ids, place in zip(numpy.split(inverse, ends), places)]
        self.split = {}  # the tokens of each corpus by fold, when asked for
        self.count(trained)

    def count(self, trained):
        """For each fold and word: over how many sites, and the sum over them of the share of content."""
        self.content, self.sites = numpy.zeros((FOLDS, len(self.vocabulary))), numpy.zeros((FOLDS, len(self.vocabulary)))
        numbers, folds = {}, []
        for c, (ids, place) in list(zip(self.corpora, self.tokens))[:trained]:
            site = numpy.zeros(len(c.pages), numpy.int64)
            for i, page in enumerate(c.pages):
                site[i] = numbers.setdefault(page['site'], len(numbers))
                if site[i] == len(folds):
                    folds.append(page['fold'])
            block = place // TOKEN_KINDS
            used = c.weights[block] > 0
            pairs, inverse = numpy.unique(ids[used].astype(numpy.int64) << 32 | site[c.page_of[block[used]]], return_inverse=True)
            share = numpy.bincount(inverse, c.labels[block[used]]) / numpy.bincount(inverse)
            fold = numpy.array(folds)[pairs & 0xffffffff]
            numpy.add.at(self.content, (fold, pairs >> 32), share)
            numpy.add.at(self.sites, (fold, pairs >> 32), 1)
        often = self.sites.sum(0) >= MIN_SITES  # nobody asks for the others
        self.vocabulary, self.kind, self.content, self.sites = self.vocabulary[often], self.kind[often], self.content[:, often], self.sites[:, often]
        number = numpy.cumsum(often) - 1
        self.tokens = [(number[ids[often[ids]]].astype(numpy.int32), place[often[ids]]) for ids, place in self.tokens]

    def weights(self, folds):
        content, sites = self.content[folds].sum(0), self.sites[folds].sum(0)
        usual = numpy.array([content[self.kind == k].sum() / max(sites[self.kind == k].sum(), 1) for k in range(TOKEN_KINDS)])[self.kind]
        rate = numpy.clip((content + PRIOR_SITES * usual) / (sites + PRIOR_SITES), 0.005, 0.995)
        weights = numpy.log(rate / (1 - rate)) - numpy.log(usual / (1 - usual))
        weights[(sites < MIN_SITES) | (numpy.abs(weights) < MIN_WEIGHT)] = 0
        return numpy.round(weights, 2).astype(numpy.float32)

    def columns(self, number, weights, fold=None):
        """What putLexical of the cleaner writes, with these weights; with a fold, for its pages alone."""
        c, (ids, place) = self.corpora[number], self.tokens[number]
        if fold is not None:
            if (number, fold) not in self.split:
                chosen = c.fold[place // TOKEN_KINDS] == fold
                self.split[number, fold] = ids[chosen], place[chosen]
            ids, place = self.split[number, fold]
        known = weights[ids] != 0
        place, own = place[known], weights[ids[known]]
        starts = numpy.nonzero(numpy.diff(place, prepend=-1))[0]
        sums = numpy.zeros((len(c.labels) * TOKEN_KINDS, 3), numpy.float32)
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

    def fill(self, number, rows, at, without):
        """Writes the columns of every fold by the words of the other folds, and of none in without."""
        for fold in range(FOLDS):
            chosen = self.corpora[number].fold == fold
            columns = self.columns(number, self.weights([f for f in range(FOLDS) if f not in (fold, without)]), fold)
            rows[chosen, at:at + columns.shape[1]] = columns[chosen]

    def write(self, file):
        weights = self.weights(list(range(FOLDS)))
        used = numpy.nonzero(weights)[0]
        by_hash = {int(self.vocabulary[i] & numpy.uint64(0xffffffff)): int(round(float(weights[i]) * 100)) for i in used}
        body = struct.pack('<I', len(by_hash)) + b''.join(struct.pack('<Ih', h, w) for h, w in sorted(by_hash.items()))
        with open(file, 'wb') as out:
            out.write(b'dechafflex\x01' + struct.pack('<I', zlib.crc32(body)) + body)
        return len(by_hash)


def grow(corpora, rows, columns, keep):
    """Trains on the blocks that keep chooses of each corpus."""
    chosen = [numpy.nonzero((c.weights > 0) & keep(c))[0] for c in corpora]
    data = numpy.concatenate([r[i][:, columns] for r, i in zip(rows, chosen)])
    labels = numpy.concatenate([c.labels[i] for c, i in zip(corpora, chosen)])
    weights = numpy.concatenate([c.weights[i] for c, i in zip(corpora, chosen)])
    return xgboost.train(BLOCKS, xgboost.QuantileDMatrix(data, labels, weight=weights, max_bin=BLOCKS['max_bin']), ROUNDS)


def cross_validate(corpora, rows, columns, lexicon, at):
    """The opinion of every block by a model, and by words, that never saw its site."""
    found = [numpy.zeros(len(r), numpy.float32) for r in rows]
    for fold in range(FOLDS):
        for i, r in enumerate(rows):
            lexicon.fill(i, r, at, fold)
        model = grow(corpora, rows, columns, lambda c: c.fold != fold)
        for c, r, f in zip(corpora, rows, found):
            held = c.fold == fold
            f[held] = model.inplace_predict(numpy.ascontiguousarray(r[held][:, columns]))
    return found


def threshold(probability, words):
    """A little more than half of the best F1 that the probabilities promise, as judge.go computes it."""
    order = numpy.argsort(-probability, kind='stable')
    right, kept = numpy.cumsum((probability * words)[order]), numpy.cumsum(words[order])
    if not len(order) or kept[-1] == 0:
        return MIN_THRESHOLD
    return min(max((2 * right[kept > 0] / (kept[kept > 0] + right[-1])).max() / 2, MIN_THRESHOLD), MAX_THRESHOLD) * COMPANY_RISE


def promised(probability, words):
    """The best F1 that the probabilities promise, as judge.go computes it."""
    order = numpy.argsort(-probability, kind='stable')
    right, kept = numpy.cumsum((probability * words)[order]), numpy.cumsum(words[order])
    return (2 * right[kept > 0] / (kept[kept > 0] + right[-1])).max() if len(order) and kept[-1] > 0 else 0


def word_f1(predicted, truth):
    """Bag-of-words F1 of one page, as WCXB's evaluate.py computes it."""
    p, t = WORD.findall(predicted.lower()), WORD.findall(truth.lower())
    if not p or not t:
        return float(not p and not t)
    both = sum((collections.Counter(p) & collections.Counter(t)).values())
    return 2 * both / (len(p) + len(t))


def score(corpus, probability, headline, language=None):
    """Word F1 by kind, or by language; with the headline before the text where the truth begins with it. Of one language, if it is given."""
    found = collections.defaultdict(list)
    for page in corpus.pages:
        truth = corpus.truth[page['id']]
        if truth.get('text') is None or language and truth.get('lang') != language:
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
        found[truth.get('lang') if headline else truth.get('type')].append(f1)
        if truth['text']:
            found['all but empty truths'].append(f1)
    return '  '.join(f'{kind} {numpy.mean(values):.4f}' for kind, values in sorted(found.items(), key=lambda kv: str(kv[0])))


def trade(corpus, probability):
    """Precision, recall and F1 of words over all pages with content, with the threshold moved as Options.Favor does."""
    for name, shift in (('precision', 0.2), ('balanced', 0), ('recall', -0.2)):
        found = []
        for page in corpus.pages:
            blocks = slice(page['from'], page['to'])
            words, labels = corpus.words[blocks] * corpus.judged[blocks], corpus.labels[blocks]
            if (words * labels).sum() > 0:
                kept = probability[blocks] > max(threshold(probability[blocks], words) + shift, 0.05)
                right = (words * labels * kept).sum()
                p, r = right / max((words * kept).sum(), 1), right / (words * labels).sum()
                found.append((p, r, 2 * p * r / max(p + r, 1e-9)))
        print(f'  favoring {name:9}', ' '.join(f'{v:.4f}' for v in numpy.mean(found, 0)))


def confusion(corpus, probability):
    """By kind of block: words of content, and the shares of them lost and of chaff kept."""
    found = collections.defaultdict(lambda: numpy.zeros(4))
    for page in corpus.pages:
        if not corpus.truth[page['id']].get('text'):
            continue
        blocks = slice(page['from'], page['to'])
        kept = probability[blocks] > threshold(probability[blocks], corpus.words[blocks] * corpus.judged[blocks])
        for block, k, content in zip(page['blocks'], kept, corpus.labels[blocks]):
            found[block['kind']][2 * int(content) + int(k)] += block['words']
    for kind, (dropped, wrong, lost, right) in sorted(found.items()):
        if kind not in UNJUDGED:
            print(f'  {kind:10} content {int(lost + right):9} words, lost {lost / max(lost + right, 1):6.1%}; chaff {int(dropped + wrong):9}, kept {wrong / max(dropped + wrong, 1):6.1%}')


def write_model(model, columns, width, outputs, digest, record, file):
    """Writes the format that package forest reads. columns are the row's features that the model was trained on."""
    roots, nodes = [], []
    for tree in model.get_dump(dump_format='json'):
        roots.append(len(nodes))
        pending = [(json.loads(tree), None)]
        while pending:  # a node's first child comes right after it
            node, parent = pending.pop()
            at = len(nodes)
            if parent is not None:
                nodes[parent][1] = at - parent
            if 'leaf' in node:
                nodes.append([65535, 0, node['leaf']])
                continue
            nodes.append([columns[int(node['split'][1:])], 0, node['split_condition']])
            children = {child['nodeid']: child for child in node['children']}
            pending.append((children[node['no']], at))
            pending.append((children[node['yes']], None))
    record = json.dumps(record, sort_keys=True).encode()
    body = struct.pack('<6I', width, outputs, len(roots), len(nodes), len(digest), len(record)) + digest.encode() + record + struct.pack('<f', 0)
    body += struct.pack(f'<{len(roots)}I', *roots) + b''.join(struct.pack('<HHf', *node) for node in nodes)
    with open(file, 'wb') as out:
        out.write(b'dechaff\x02' + struct.pack('<I', zlib.crc32(body)) + body)


def gains(model, columns, names, most=25):
    gain = model.get_score(importance_type='total_gain')
    for key, value in sorted(gain.items(), key=lambda kv: -kv[1])[:most]:
        print(f'  {value:9.1f}  {names[columns[int(key[1:])]]}')


class Trainer:
    def __init__(self, o):
        self.o, self.all = o, o.corpora + o.judge
        self.first, self.never, self.always = (os.path.join(o.directory, d) for d in ('first', 'never', 'always'))
        self.describe(self.first)
        with open(os.path.join(self.first, 'features.json')) as file:
            self.listed = json.load(file)
        self.names = self.listed['features']
        self.second, self.vote = self.names.index('page: article'), self.names.index('vote')
        self.lexical = self.names.index('words: weight')
        self.corpora = [Corpus(folder, self.first) for folder in self.all]
        self.trained = self.corpora[:len(o.corpora)]
        self.record = {c.name: hashlib.sha256(open(os.path.join(c.folder, 'truth.jsonl'), 'rb').read()).hexdigest()[:16] for c in self.trained}
        self.record.update(rounds=ROUNDS, leaves=BLOCKS['max_leaves'], xgboost=xgboost.__version__)
        self.lexicon = Lexicon(self.first, self.corpora, len(self.trained))

    def describe(self, out, *options):
        subprocess.run(['go', 'run', './cleaner/internal/train', '-out', out, *options, *self.all], check=True)

    def report(self, what, found):
        for c, f in zip(self.trained, found):
            print(f'{what}: {c.name}: {score(c, f, c.name in self.o.headline.split(","))}', flush=True)

    def columns(self, end):
        return [i for i in range(end) if not (self.o.without and re.search(self.o.without, self.names[i]))]

    def save(self, name, model, columns, width, outputs, digest):
        if self.o.models:
            os.makedirs(self.o.models, exist_ok=True)
            write_model(model, columns, width, outputs, digest, self.record, os.path.join(self.o.models, name + '.forest'))

    def kinds(self):
        """Each page's kind, and the model's opinion of it."""
        names = self.listed['kindFeatures']
        rows = [c.read(self.first, '.kind.f32', len(names)) for c in self.corpora]
        truth = [numpy.array(c.kinds()) for c in self.corpora]
        folds = [numpy.array([p['fold'] for p in c.pages]) for c in self.corpora]
        chosen = [i for i in range(len(self.trained)) if len(set(truth[i])) > 1]  # a corpus of one kind teaches what is peculiar to it

        def fit(keep):
            data = numpy.concatenate([rows[i][(truth[i] >= 0) & keep(i)] for i in chosen])
            return xgboost.train(PAGES, xgboost.DMatrix(data, numpy.concatenate([truth[i][(truth[i] >= 0) & keep(i)] for i in chosen])), PAGE_ROUNDS)
        everything = fit(lambda i: True)
        found = [everything.inplace_predict(r) for r in rows]
        for fold in range(FOLDS):
            model = fit(lambda i: folds[i] != fold)
            for i in range(len(self.trained)):
                found[i][folds[i] == fold] = model.inplace_predict(rows[i][folds[i] == fold])
        for i in chosen:
            known = truth[i] >= 0
            print(f'kinds: {self.corpora[i].name}: {(found[i].argmax(1) == truth[i])[known].mean():.4f} of {known.sum()} right')
            for k, name in enumerate(KINDS):
                print(f'  {name:14}', ' '.join(f'{n:4}' for n in numpy.bincount(found[i].argmax(1)[truth[i] == k], minlength=len(KINDS))))
        gains(everything, list(range(len(names))), names, 12)
        self.save('kind', everything, list(range(len(names))), len(names), len(KINDS), self.listed['kindHash'])
        return found

    def opinions(self, what, rows, columns, width):
        """Cross-validates; then trains on everything, and asks that model of the corpora that are only judged."""
        found = cross_validate(self.trained, rows[:len(self.trained)], columns, self.lexicon, self.lexical)
        self.report(what, found)
        if self.o.models or len(rows) > len(self.trained):
            for i in range(len(self.trained)):
                self.lexicon.fill(i, rows[i], self.lexical, None)
            model = grow(self.trained, rows[:len(self.trained)], columns, lambda c: numpy.ones(len(c.labels), bool))
            gains(model, columns, self.names)
            self.save(what, model, columns, width, 1, self.listed['hash'])
            words = self.lexicon.weights(list(range(FOLDS)))
            for i in range(len(self.trained), len(rows)):
                lexical = self.lexicon.columns(i, words)
                rows[i][:, self.lexical:self.lexical + lexical.shape[1]] = lexical
                found.append(model.inplace_predict(numpy.ascontiguousarray(rows[i][:, columns])))
        return found

    def languages(self):
        """The first pass on each language by trees and words that never saw it."""
        rows, columns = self.rows(self.first, self.second), self.columns(self.second)
        own = [[p['fold'] for p in c.pages] for c in self.corpora]
        for language in sorted({t['lang'] for c in self.trained for t in c.truth.values() if t.get('lang')}):
            for c, folds in zip(self.corpora, own):
                for page, fold in zip(c.pages, folds):  # the language is fold 0, all else the others
                    held = c.truth[page['id']].get('lang') == language
                    page['fold'] = 0 if held else 1 + fold % (FOLDS - 1)
                    c.fold[page['from']:page['to']] = page['fold']
            lexicon = Lexicon(self.first, self.corpora, len(self.trained))
            for i, r in enumerate(rows):
                lexicon.fill(i, r, self.lexical, 0)
            model = grow(self.trained, rows[:len(self.trained)], columns, lambda c: c.fold != 0)
            for c, r in zip(self.trained, rows):
                held, found = c.fold == 0, numpy.zeros(len(c.labels), numpy.float32)
                if held.any():
                    found[held] = model.inplace_predict(numpy.ascontiguousarray(r[held][:, columns]))
                    print(f'never saw {language}: {c.name}: {score(c, found, c.name in self.o.headline.split(","), language)}', flush=True)

    def rows(self, directory, end):
        return [numpy.array(numpy.memmap(os.path.join(directory, c.name + '.f32'), '<f4', 'r').reshape(-1, len(self.names))[:, :end]) for c in self.corpora]

    def run(self):
        weights = self.lexicon.weights(list(range(FOLDS)))
        print('lexicon:', ' '.join(str((weights[self.lexicon.kind == k] != 0).sum()) for k in range(TOKEN_KINDS)), 'words', flush=True)
        if self.o.models:
            os.makedirs(self.o.models, exist_ok=True)
            self.lexicon.write(os.path.join(self.o.models, 'lexicon'))
        if self.o.languages:
            self.languages()
            return
        kinds = self.kinds()
        first = self.opinions('first', self.rows(self.first, self.second), self.columns(self.second), self.second)
        for c, k, f in zip(self.corpora, kinds, first):
            k.astype('<f4').tofile(os.path.join(self.first, c.name + '.kinds.f32'))
            f.astype('<f4').tofile(os.path.join(self.first, c.name + '.first.f32'))
        if self.o.first:
            return
        by = {}
        for what, vote, directory, end in (('second', 'never', self.never, self.vote), ('voted', 'always', self.always, len(self.names))):
            if what == 'voted' and self.o.fast:
                continue
            self.describe(directory, '-priors', self.first, '-vote', vote)
            found = self.opinions(what, self.rows(directory, end), self.columns(end), end)
            found = [(a + b) / 2 for a, b in zip(first, found)]  # what judge.go decides by
            self.report(f'mean of first and {what}', found)
            by[what] = found
            for c, f in zip(self.trained, found):
                print(f'{what}: {c.name}')
                confusion(c, f)
                trade(c, f)
                f.astype('<f4').tofile(os.path.join(directory, c.name + '.out.f32'))
        if 'voted' in by:
            asked = [self.asked(c, f, a, b) for c, f, a, b in zip(self.trained, first, by['second'], by['voted'])]
            self.report('as shipped, voted below SURE_F1', asked)
            for c, f in zip(self.trained, asked):
                f.astype('<f4').tofile(os.path.join(self.o.directory, c.name + '.out.f32'))

    def asked(self, corpus, first, second, voted):
        """The opinions that judge.go decides by: the extractor is asked where the first ones promise little."""
        found = second.copy()
        for page in corpus.pages:
            blocks = slice(page['from'], page['to'])
            if promised(first[blocks], corpus.words[blocks] * corpus.judged[blocks]) < SURE_F1:
                found[blocks] = voted[blocks]
        return found


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('directory')
    a.add_argument('corpora', nargs='+')
    a.add_argument('--judge', nargs='*', default=[], help='corpora that are judged, and never trained on')
    a.add_argument('--headline', default='sites', help='the corpora, by comma, whose truth begins with the headline')
    a.add_argument('--models', help='the folder for the models that are trained on everything')
    a.add_argument('--without', help='leave out the features whose names this regular expression finds')
    a.add_argument('--first', action='store_true', help='stop after the first pass')
    a.add_argument('--languages', action='store_true', help='judge each language by a first pass that never saw it, and nothing else')
    a.add_argument('--fast', action='store_true', help='leave out the model with the vote')
    Trainer(a.parse_args()).run()


if __name__ == '__main__':
    main()
