#!/usr/bin/python3
"""Grows the trees of dechaff's judge from what train/main.go wrote, and says how good they are on sites they never saw.

    train.py DIR CORPUS... [--folds 5] [--rounds 150] [--model FILE] [--without-vote]

DIR is where main.go wrote; CORPUS are the folders with truth.jsonl. Needs python3-xgboost and python3-numpy, as Debian
packages them (README.md). The same input gives the same model, byte for byte, with the same versions.
"""
import argparse, collections, hashlib, json, os, re, struct, zlib

import numpy
import xgboost

# A token is a run of letters and digits, or one character of a script that is written without spaces.
UNSPACED = '\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u3040-\u30ff'
TOKEN = re.compile(f'[{UNSPACED}]|[^\\W{UNSPACED}]+')
WORD = re.compile(r'\w+')

# Corpora disagree about these, so that they carry no weight and are not in the text that is scored.
UNJUDGED = {'headline', 'caption', 'byline', 'date'}

# Shallow enough to stay under 400 KB, deep enough for what a prototype needed. Weights sum to one a page, so that
# min_child_weight counts pages.
PARAMETERS = dict(
    objective='binary:logistic', tree_method='hist', grow_policy='lossguide', max_depth=0, max_leaves=31, eta=0.1, subsample=0.8,
    colsample_bytree=0.5, min_child_weight=0.3, reg_lambda=1, max_bin=128, seed=1, nthread=2)

SECOND_LEVEL = {'ac', 'co', 'com', 'edu', 'gov', 'in', 'net', 'org'}


def site_of(entry):
    """The registrable domain, near enough to keep a site's pages together."""
    host = entry.get('host') or re.sub(r'^\w+://', '', entry.get('url') or '').split('/')[0].split(':')[0]
    parts = host.lower().split('.')
    if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in SECOND_LEVEL:
        return '.'.join(parts[-3:])
    return '.'.join(parts[-2:]) or entry['id']


class Corpus:
    """A corpus's pages, the features of their blocks, and a label and a weight for each block."""

    def __init__(self, folder, directory, count):
        self.name = os.path.basename(folder.rstrip('/'))
        with open(os.path.join(folder, 'truth.jsonl')) as lines:
            self.truth = {t['id']: t for t in map(json.loads, lines)}
        self.rows = numpy.memmap(os.path.join(directory, self.name + '.f32'), dtype='<f4', mode='r').reshape(-1, count)
        self.labels = numpy.zeros(len(self.rows), numpy.float32)
        self.weights = numpy.zeros(len(self.rows), numpy.float32)
        self.pages = []
        at = 0
        with open(os.path.join(directory, self.name + '.jsonl')) as lines:
            for page in map(json.loads, lines):
                page['from'], page['to'] = at, at + len(page['blocks'])
                at = page['to']
                truth = self.truth[page['id']]
                site = site_of(truth)
                page['fold'] = int(hashlib.md5(site.encode()).hexdigest(), 16)
                self.pages.append(page)
                if truth.get('text'):
                    self.label(page, truth['text'])
        assert at == len(self.rows), (at, len(self.rows))

    def label(self, page, text):
        """A block is content when at least half of its word trigrams are in the truth; a shorter one when it is a line there."""
        tokens = TOKEN.findall(text.lower())
        triples, pairs, single = set(zip(tokens, tokens[1:], tokens[2:])), set(zip(tokens, tokens[1:])), set(tokens)
        lines = {' '.join(TOKEN.findall(line.lower())) for line in text.split('\n')}
        for i, block in enumerate(page['blocks'], page['from']):
            words = TOKEN.findall(block['text'].lower())
            if not words:
                continue
            if len(words) >= 3:
                own = list(zip(words, words[1:], words[2:]))
                content = 2 * sum(t in triples for t in own) >= len(own)
            else:
                content = ' '.join(words) in lines
                if block['kind'] in ('cell', 'item', 'code'):
                    content = content or (tuple(words) in pairs if len(words) == 2 else words[0] in single)
            self.labels[i] = content
            if block['kind'] not in UNJUDGED:
                self.weights[i] = max(block['words'], 1) ** 0.5
        total = self.weights[page['from']:page['to']].sum()
        if total > 0:
            self.weights[page['from']:page['to']] /= total

    def in_fold(self, fold, folds):
        chosen = numpy.zeros(len(self.rows), bool)
        for page in self.pages:
            if page['fold'] % folds == fold:
                chosen[page['from']:page['to']] = True
        return chosen


def train(parts, columns, rounds):
    rows = numpy.concatenate([c.rows[chosen & (c.weights > 0)] for c, chosen in parts])[:, columns]
    labels = numpy.concatenate([c.labels[chosen & (c.weights > 0)] for c, chosen in parts])
    weights = numpy.concatenate([c.weights[chosen & (c.weights > 0)] for c, chosen in parts])
    return xgboost.train(PARAMETERS, xgboost.DMatrix(rows, labels, weight=weights), rounds)


def predict(model, rows, columns):
    return model.inplace_predict(numpy.ascontiguousarray(rows[:, columns]))


def word_f1(predicted, truth):
    """Bag-of-words F1 of one page, as WCXB's evaluate.py computes it."""
    p, t = WORD.findall(predicted.lower()), WORD.findall(truth.lower())
    if not p or not t:
        return float(not p and not t)
    both = sum((collections.Counter(p) & collections.Counter(t)).values())
    return 2 * both / (len(p) + len(t))


def score(corpus, probability, threshold, headline):
    """Word F1 by kind, or by language; with the headline before the text where the truth begins with it."""
    found = collections.defaultdict(list)
    for page in corpus.pages:
        truth = corpus.truth[page['id']]
        if truth.get('text') is None:
            continue
        kept = probability[page['from']:page['to']] > threshold
        text = '\n'.join(b['text'] for b, k in zip(page['blocks'], kept) if k and b['kind'] not in UNJUDGED)
        if headline and page['title'] and page['title'].lower() not in text[:len(page['title']) + 200].lower():
            text = page['title'] + '\n' + text
        f1 = word_f1(text, truth['text'])
        found['all'].append(f1)
        found[truth.get('lang') if headline else truth.get('type')].append(f1)
    return {str(kind): f'{numpy.mean(values):.4f} of {len(values)}' for kind, values in sorted(found.items(), key=lambda kv: str(kv[0]))}


def write_model(model, columns, names, digest, base, file):
    """Writes the format that package forest reads. columns are the row's features that the model was trained on."""
    roots, nodes = [], []
    for tree in model.get_dump(dump_format='json'):
        roots.append(len(nodes))
        pending = [(json.loads(tree), None, None)]
        while pending:  # parents before children, so that walks go forward
            node, parent, side = pending.pop()
            at = len(nodes)
            if parent is not None:
                nodes[parent][side] = at - parent
            if 'leaf' in node:
                nodes.append([65535, node['leaf'], 0, 0])
                continue
            nodes.append([columns[int(node['split'][1:])], node['split_condition'], 0, 0])
            children = {child['nodeid']: child for child in node['children']}
            pending.append((children[node['no']], at, 3))
            pending.append((children[node['yes']], at, 2))
    body = struct.pack('<4I', len(names), len(roots), len(nodes), len(digest)) + digest.encode() + struct.pack('<f', base)
    body += struct.pack(f'<{len(roots)}I', *roots) + b''.join(struct.pack('<HfHH', *node) for node in nodes)
    with open(file, 'wb') as out:
        out.write(b'dechaff\x01' + struct.pack('<I', zlib.crc32(body)) + body)
    return len(body) + 12


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('directory')
    a.add_argument('corpora', nargs='+')
    a.add_argument('--folds', type=int, default=5, help='0 leaves cross-validation out')
    a.add_argument('--rounds', type=int, default=150)
    a.add_argument('--threshold', type=float, default=0.42)
    a.add_argument('--headline', default='sites', help='the corpora, by comma, whose truth begins with the headline')
    a.add_argument('--model', help='where to write the model that is trained on everything')
    a.add_argument('--without-vote', action='store_true', help='train without what the extractor kept')
    o = a.parse_args()
    with open(os.path.join(o.directory, 'features.json')) as file:
        listed = json.load(file)
    names = listed['features']
    columns = [i for i, name in enumerate(names) if not (o.without_vote and 'vote' in name)]
    corpora = [Corpus(folder, o.directory, len(names)) for folder in o.corpora]
    found = [numpy.zeros(len(c.rows), numpy.float32) for c in corpora]
    for fold in range(o.folds):
        held = [c.in_fold(fold, o.folds) for c in corpora]
        model = train([(c, ~h) for c, h in zip(corpora, held)], columns, o.rounds)
        for c, h, p in zip(corpora, held, found):
            p[h] = predict(model, c.rows[h], columns)
        print(f'fold {fold + 1} of {o.folds}', flush=True)
    for c, p in zip(corpora, found) if o.folds else ():
        print(c.name, json.dumps(score(c, p, o.threshold, c.name in o.headline.split(','))))
    if o.model:
        model = train([(c, numpy.ones(len(c.rows), bool)) for c in corpora], columns, o.rounds)
        size = write_model(model, columns, names, listed['hash'], 0.0, o.model)
        gain = model.get_score(importance_type='total_gain')
        for key, value in sorted(gain.items(), key=lambda kv: -kv[1])[:30]:
            print(f'{value:12.1f}  {names[columns[int(key[1:])]]}')
        print(f'{o.model}: {size} bytes, {o.rounds} trees')


main()
