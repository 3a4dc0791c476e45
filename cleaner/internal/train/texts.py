#!/usr/bin/python3
"""Trains the model that finds what surrounds the text of a page, for CleanText, and measures it on collections that it never saw.

    texts.py DIR CORPUS... [--leave-out [NAME...]] [--models FOLDER]

Run it at the root of the repository, after `go run ./cleaner/internal/train -texts DIR CORPUS...`, which describes the paragraphs of
texts. With --models, the model is trained on all collections and written. With --leave-out, each collection in turn (or each of those
that are named) is left out, and a table is printed: for each form of text, and for several bounds of the probability below which a
paragraph is removed, precision, recall and F1 over the words of a text, compared with the words of its paragraphs that are content.
"""
import argparse, hashlib, json, os, sys

import numpy
import xgboost

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from corpus import site_of
from train import gains, say, write_model

TREES = dict(
    objective='binary:logistic', tree_method='hist', grow_policy='lossguide', max_depth=0, max_leaves=24, eta=0.15, subsample=0.7,
    colsample_bynode=0.3, min_child_weight=10, reg_lambda=5, max_bin=64, seed=1, nthread=2)
ROUNDS = 90

# The weight of a text by form. The reference texts and dechaff's own articles teach the model to leave clean text alone.
FORMS = dict(lines=0.3, nodes=0.15, wrapped=0.15, markdown=0.15, reference=0.15, article=0.1)

# The maximum number of paragraphs of a text to learn from.
MOST = 32

# A paragraph is content if at least half of it is found in the reference text. Between these bounds, it has no weight.
UNCLEAR = 0.3, 0.7

BOUNDS = 0, 0.03, 0.06, 0.1, 0.15, 0.3

# The conditions under which a text is that of a whole page, as in around.go.
MIN_AROUND, PART_AROUND = 10, 1 / 3


class Texts:
    """The paragraphs of the texts of a collection."""

    def __init__(self, directory, folder, names):
        self.name = os.path.basename(folder.rstrip('/'))
        self.rows = numpy.memmap(os.path.join(directory, self.name + '.rows.f32'), '<f4', 'r').reshape(-1, len(names))
        with open(os.path.join(directory, self.name + '.jsonl')) as lines:
            self.texts = [t for t in map(json.loads, lines) if t['words']]
        with open(os.path.join(folder, 'truth.jsonl')) as lines:
            self.record = hashlib.sha256(lines.read().encode()).hexdigest()[:16]
        with open(os.path.join(folder, 'truth.jsonl')) as lines:
            self.sites = {t['id']: site_of(t) for t in map(json.loads, lines)}
        at, body, listed = 0, names.index('page: body'), names.index('listed')
        for t in self.texts:
            t['from'], at = at, at + len(t['words'])
            rows = self.rows[t['from']:at]
            words, found, header = (numpy.array(t.pop(k)) for k in ('words', 'found', 'header'))
            if t['form'] in ('reference', 'article'):
                found = numpy.ones(len(words))
            t['words'], t['header'], t['content'] = words, header, found >= 0.5
            t['weights'] = numpy.sqrt(words) * ((found >= 0) & ((found <= UNCLEAR[0]) | (found >= UNCLEAR[1])))
            t['weights'] *= ~header | t['content'] | (rows[:, listed] > 0)
            t['body'] = len(rows) > 0 and rows[0, body] > 0

    def sample(self, without):
        """Returns rows, labels and weights to learn from. The weights of a text add up to the weight of its form."""
        draw, rows, labels, weights = numpy.random.default_rng(1), [], [], []
        for t in self.texts:
            chosen = numpy.flatnonzero(t['weights'] > 0)
            if not t['body'] or not len(chosen) or self.sites[t['id']] in without:
                continue
            if len(chosen) > MOST:
                chosen = numpy.sort(draw.choice(chosen, MOST, replace=False))
            rows.append(self.rows[t['from']:t['from'] + len(t['words'])][chosen])
            labels.append(t['content'][chosen])
            weights.append(t['weights'][chosen] / t['weights'][chosen].sum() * FORMS[t['form']])
        pages = len({t['id'] for t in self.texts})
        return numpy.concatenate(rows), numpy.concatenate(labels), numpy.concatenate(weights) / pages ** 0.5


def train(collections, without=frozenset()):
    rows, labels, weights = (numpy.concatenate(part) for part in zip(*(c.sample(without) for c in collections)))
    data = xgboost.QuantileDMatrix(rows, labels, weight=weights / weights.mean(), max_bin=TREES['max_bin'])
    return xgboost.train(TREES, data, ROUNDS)


def report(model, c):
    for form in FORMS:
        scores = {bound: [] for bound in BOUNDS}
        for t in c.texts:
            content = (t['words'] * t['content']).sum()
            if t['form'] != form or content == 0:
                continue
            opinions = model.inplace_predict(c.rows[t['from']:t['from'] + len(t['words'])])
            for bound in BOUNDS:
                around = (opinions < bound) & ~t['header'] & t['body']
                if around.sum() < MIN_AROUND or around.mean() < PART_AROUND:
                    around[:] = False
                kept, both = (t['words'] * ~around).sum(), (t['words'] * (t['content'] & ~around)).sum()
                scores[bound].append((both / max(kept, 1), both / content, 2 * both / (kept + content)))
        if scores[0]:
            print(f'{c.name:10} {form:10}', *(f'{b:5}: ' + '/'.join(f'{x:.3f}' for x in numpy.mean(s, axis=0)) for b, s in scores.items()), flush=True)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('directory', help='where `train -texts` wrote the descriptions')
    a.add_argument('corpora', nargs='+', help='the folders of the labeled pages')
    a.add_argument('--leave-out', nargs='*', metavar='NAME', help='collections to leave out, one at a time (default all)')
    a.add_argument('--models', help='where to write the model')
    o = a.parse_args()
    with open(os.path.join(o.directory, 'features.json')) as file:
        listed = json.load(file)
    names = listed['features']
    collections = [Texts(o.directory, folder, names) for folder in o.corpora]
    say('read', sum(len(c.rows) for c in collections), 'paragraphs')
    if o.leave_out is not None:
        for c in collections:
            if not o.leave_out or c.name in o.leave_out:
                report(train([other for other in collections if other is not c], set(c.sites.values())), c)
    if o.models:
        model = train(collections)
        record = {c.name: c.record for c in collections}
        record.update(rounds=ROUNDS, leaves=TREES['max_leaves'], xgboost=xgboost.__version__)
        write_model(model, list(range(len(names))), len(names), 1, listed['hash'], record, os.path.join(o.models, 'paragraphs.forest'))
        gains(model, list(range(len(names))), names)
        say('wrote paragraphs.forest')


if __name__ == '__main__':
    main()
