#!/usr/bin/python3
"""Trains the judge's trees and its lexicon, and measures how good they are on pages that they never saw.

    train.py DIR CORPUS... [--judge CORPUS...] [--models FOLDER] [--leave-out [NAME...]] [--folds] [--permissive]

Run it at the root of the repository. The Go program in the same folder describes the pages of the corpora and writes the descriptions
to DIR; the models are trained on them. With --models, the three models and the lexicon are written. With --leave-out, each collection
in turn (or each of those that are named) is left out: the models are trained on the others, without any page from its domains, and the
probabilities of its blocks are written to DIR/NAME, where `train -opinions DIR/NAME -predict OUT` reads them. With --folds, the same is
done with five folds of sites instead, so that all collections are in training, and the probabilities are written to DIR/folds. Needs
Debian's python3-xgboost, python3-numpy and python3-scipy (README.md). The same input and the same versions give the same bytes.

The steps, in order, and what each of them learns:
  kinds    the kind of a page, from the page's own row
  lexicon  how much a word indicates content: the mean over sites of the share of content among the blocks with the word
  first    whether a block is content, from the block's row, which includes the lexicon's weights
  second   the same, also from the first opinions on the block and its neighbors, and from the labels of the rules
The first opinions from which the second pass learns come from models that had not seen the page's collection (or half of it, see HALVED).
With --folds, the models had not seen the page's site. So the second pass learns how far first opinions can be trusted on pages unlike
those in the training set.
"""
import argparse, hashlib, json, os, re, struct, subprocess, sys, time, zlib

import numpy
import xgboost

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from corpus import FOLDS, KINDS, Corpus, score
from lexicon import COLUMNS, Lexicon

# The weights of a page's blocks add up to one, so min_child_weight counts pages.
BLOCKS = dict(
    objective='binary:logistic', tree_method='hist', grow_policy='lossguide', max_depth=0, max_leaves=31, eta=0.15, subsample=0.5,
    colsample_bytree=0.35, min_child_weight=0.3, reg_lambda=1, max_bin=64, seed=1, nthread=2)
ROUNDS = 140
PAGES = dict(
    objective='multi:softprob', num_class=len(KINDS), tree_method='hist', grow_policy='lossguide', max_depth=0, max_leaves=8, eta=0.1,
    subsample=0.7, colsample_bytree=0.3, min_child_weight=2, reg_lambda=2, seed=1, nthread=2)
PAGE_ROUNDS = 50

# The maximum number of blocks of a page to learn from, and the weight of a variant of a page relative to the page itself.
MOST_BLOCKS, VARIANT = 80, 0.3

# The kind of page in collections that have only one kind, and the weights of their pages in the model of kinds. The weights are low,
# because such a collection also has peculiarities that have nothing to do with its kind of page.
KIND_OF = dict(sites='article', blogs='article', gnews='article', chaos='article', world='article', threads='forum')
KIND_WEIGHTS = dict(sites=0.1, blogs=0.1, gnews=0.1, chaos=0.2, world=0.3, threads=0.5)

# The collections that may be used for any purpose if their source is named.
PERMISSIVE = {'mixed', 'world', 'threads'}

# The collection that has kinds of pages that no other has. Its first opinions come from models that have seen the other half of it.
HALVED = {'mixed'}

BEGIN = time.time()


def say(*words):
    print(f'{time.time() - BEGIN:6.0f}s', *words, flush=True)


class Rows:
    """The rows, labels and weights of the blocks of a corpus to learn from."""

    def __init__(self, c, names, end, directory=None):
        rows = c.rows(names, directory)
        self.corpus = c
        self.numbers, self.weights = c.sample(c.rows(names), names, MOST_BLOCKS)
        if c.name.endswith('~'):
            self.weights *= VARIANT
        self.values = numpy.array(rows[self.numbers][:, :end])
        self.page = c.page_of[self.numbers]
        self.labels = c.labels[self.numbers]

    def chosen(self, fold, without):
        """Returns, for each row, whether its page is in neither the fold nor the sites of `without`."""
        keep = numpy.array([p['site'] not in without for p in self.corpus.pages])
        if fold is not None:
            keep &= self.corpus.folds != fold
        return keep[self.page]


def grow(rows, columns, fold=None, without=()):
    """Returns a model of blocks, trained on rows that are in neither the fold nor the sites of `without`."""
    chosen = [r.chosen(fold, without) for r in rows]
    data = numpy.concatenate([r.values[c][:, columns] for r, c in zip(rows, chosen)])
    labels = numpy.concatenate([r.labels[c] for r, c in zip(rows, chosen)])
    weights = numpy.concatenate([r.weights[c] for r, c in zip(rows, chosen)])
    return xgboost.train(BLOCKS, xgboost.QuantileDMatrix(data, labels, weight=weights, max_bin=BLOCKS['max_bin']), ROUNDS)


def write_model(model, columns, width, outputs, digest, record, file):
    """Writes a model in the format that package forest reads. `columns` are the indexes of the features that it was trained on, and
    `width` is the number of features in a row."""
    roots, nodes = [], []
    for tree in model.get_dump(dump_format='json'):
        roots.append(len(nodes))
        pending = [(json.loads(tree), None)]
        while pending:  # the first child of a node comes right after the node
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
    """Prints the features that contribute most to a model."""
    gain = model.get_score(importance_type='total_gain')
    for key, value in sorted(gain.items(), key=lambda kv: -kv[1])[:most]:
        print(f'  {value:9.1f}  {names[columns[int(key[1:])]]}')


class Trainer:
    def __init__(self, o):
        self.o = o
        base, variant = (os.path.join(o.directory, d) for d in ('first', 'variants'))
        if not o.described:
            self.describe(base, o.corpora + o.judge)
            self.describe(variant, o.corpora, '-vary')
        with open(os.path.join(base, 'features.json')) as file:
            self.listed = json.load(file)
        self.names = self.listed['features']
        self.second, self.lexical = self.names.index('page: article'), self.names.index('words: weight')
        self.first_columns, self.all_columns = self.columns(self.second), self.columns(len(self.names))
        self.trained = [Corpus(folder, base) for folder in o.corpora]
        self.judged = [Corpus(folder, base) for folder in o.judge]
        self.variants = [Corpus(folder, variant, c.name + '~') for folder, c in zip(o.corpora, self.trained)]
        self.lexicon = Lexicon(self.trained, self.judged + self.variants)
        self.rows = {c.name: Rows(c, self.names, self.second) for c in self.trained + self.variants}
        self.headline = o.headline.split(',')
        self.record = {c.name: hashlib.sha256(open(os.path.join(c.folder, 'truth.jsonl'), 'rb').read()).hexdigest()[:16] for c in self.trained}
        self.record.update(rounds=ROUNDS, leaves=BLOCKS['max_leaves'], xgboost=xgboost.__version__)
        say('read', sum(len(r.numbers) for r in self.rows.values()), 'blocks to learn from')

    def describe(self, out, folders, *options):
        subprocess.run(['go', 'run', './cleaner/internal/train', '-out', out, '-vote', 'never', *options, *folders], check=True)

    def columns(self, end):
        return [i for i in range(end) if not (self.o.without and re.search(self.o.without, self.names[i]))]

    # The models: of kinds of page and of blocks. Each is trained on some collections, without a fold or some sites.

    def kinds(self, corpora, fold=None, without=()):
        """Returns a model of the kinds of page, trained on the given collections and their variants."""
        data, truth, weights = [], [], []
        for c in corpora + [v for v in self.variants if v.base in {c.base for c in corpora}]:
            own = self.truth_of(c)
            keep = (own >= 0) & numpy.array([p['site'] not in without for p in c.pages])
            if fold is not None:
                keep &= c.folds != fold
            data.append(self.kind_rows(c)[keep])
            truth.append(own[keep])
            weights.append(numpy.full(keep.sum(), KIND_WEIGHTS.get(c.base, 1) * (VARIANT if c.name.endswith('~') else 1)))
        return xgboost.train(
            PAGES, xgboost.DMatrix(numpy.concatenate(data), numpy.concatenate(truth), weight=numpy.concatenate(weights)), PAGE_ROUNDS)

    def truth_of(self, c):
        """Returns the kinds of a corpus's pages, as indexes of KINDS, or -1 for pages whose kind is unknown."""
        own = c.kinds()
        if len(set(own[own >= 0])) > 1:
            return own
        return numpy.full(len(c.pages), KINDS.index(KIND_OF[c.base]) if c.base in KIND_OF else -1)

    def kinds_by_folds(self, corpora, without=()):
        """Returns the probabilities of the kinds of each page, from a model that had not seen the page's site."""
        found = {c.name: numpy.zeros((len(c.pages), len(KINDS)), numpy.float32) for c in corpora}
        for fold in range(FOLDS):
            model = self.kinds(corpora, fold, without)
            for c in corpora:
                found[c.name][c.folds == fold] = self.kinds_of(model, c)[c.folds == fold]
        return found

    def kind_rows(self, c):
        return numpy.fromfile(c.file('.kind.f32'), '<f4').reshape(-1, len(self.listed['kindFeatures']))

    def kinds_of(self, model, c):
        return model.inplace_predict(self.kind_rows(c))

    def first(self, corpora, fold=None, without=(), variants=True):
        """Returns a model for the first pass and its lexicon's weights, trained on the collections and, unless `variants` is false, on their
        variants. The lexicon's weights in a row are counted on the sites of the other folds."""
        names = {c.name for c in corpora}
        self.lexicon.count([c for c in corpora], without)
        rows = [r for name, r in self.rows.items() if name in names or variants and name.rstrip('~') in names]
        folds = [f for f in range(FOLDS) if f != fold]
        self.weigh(rows, folds)
        return grow(rows, self.first_columns, fold, without), self.lexicon.weights(folds)

    def weigh(self, rows, folds):
        """Sets the lexicon's columns of each row, with weights that are counted on those of the given folds that its site is not in."""
        for f in folds:
            weights = self.lexicon.weights(g for g in folds if g != f)
            for r in rows:
                own = r.corpus.folds[r.page] == f
                r.values[own, self.lexical:self.lexical + COLUMNS] = self.lexicon.columns(r.corpus, weights)[r.numbers[own]]

    def opinions(self, model, c, end, columns, weights=None, directory=None):
        """Returns a model's probability of content for every block of a corpus."""
        rows, found = c.rows(self.names, directory), numpy.zeros(len(c.labels), numpy.float32)
        lexical = None if weights is None else self.lexicon.columns(c, weights)
        for at in range(0, len(found), 1 << 16):
            part = numpy.array(rows[at:at + (1 << 16), :end])
            if lexical is not None:
                part[:, self.lexical:self.lexical + COLUMNS] = lexical[at:at + (1 << 16)]
            found[at:at + len(part)] = model.inplace_predict(numpy.ascontiguousarray(part[:, columns]))
        return found

    def save_opinions(self, directory, c, kinds, blocks, ending='.first.f32'):
        os.makedirs(directory, exist_ok=True)
        kinds.astype('<f4').tofile(os.path.join(directory, c.base + '.kinds.f32'))
        blocks.astype('<f4').tofile(os.path.join(directory, c.base + ending))

    def described_again(self, directory, corpora):
        """Describes the pages again, with the first opinions that are in a directory. Returns the folder of the descriptions."""
        for c in corpora:
            link = os.path.join(directory, c.base + '.jsonl')
            if not os.path.exists(link):
                os.symlink(os.path.abspath(c.file('.jsonl')), link)
        out = os.path.join(directory, 'again')
        self.describe(out, [c.folder for c in corpora], '-priors', directory)
        return out

    def forget(self, out):
        """Deletes the large files of a description."""
        for file in os.listdir(out):
            if file.endswith(('.f32', '.u64')):
                os.remove(os.path.join(out, file))

    def report(self, what, c, found):
        say(f'{what}: {c.name}: {score(c, found, c.name in self.headline)}')

    # The commands: --models, --leave-out and --folds.

    def parts(self, corpora):
        """Returns what is left out together to make first opinions: a collection, or one half of a collection in HALVED."""
        return [(c, None) for c in corpora if c.base not in HALVED] + [(c, half) for c in corpora if c.base in HALVED for half in (0, 1)]

    def first_opinions(self, corpora, left=None, directory=None):
        """Returns the first opinions on the blocks of collections. They come from models that saw neither the part of the collection that
        is being judged (see parts) nor any site of the collection `left`, if there is one."""
        without = left.sites if left else set()
        found = {c.name: numpy.zeros(len(c.labels), numpy.float32) for c in corpora}
        for c, half in self.parts(corpora):
            own = numpy.ones(len(c.pages), bool) if half is None else c.folds % 2 == half
            file = os.path.join(directory, f'{c.name}{"" if half is None else half}.opinions')
            if not self.o.described or not os.path.exists(file):
                sites = {p['site'] for p, o in zip(c.pages, own) if o}
                model, weights = self.first([r for r in corpora if r is not c or half is not None], without=sites | without, variants=False)
                self.opinions(model, c, self.second, self.first_columns, weights).astype('<f4').tofile(file)
                say('first opinions of', os.path.basename(file), 'without', left.name if left else 'nothing else')
            found[c.name][own[c.page_of]] = numpy.fromfile(file, '<f4')[own[c.page_of]]
        return found

    def leave_out(self):
        """Judges each collection with models that are trained on the others."""
        names = self.o.leave_out or [c.name for c in self.trained]
        for left in sorted((c for c in self.trained if c.name in names), key=lambda c: names.index(c.name)):
            others = [c for c in self.trained if c is not left]
            directory = os.path.join(self.o.directory, left.name)
            os.makedirs(directory, exist_ok=True)
            model, weights = self.first(others, without=left.sites)
            first = self.opinions(model, left, self.second, self.first_columns, weights)
            self.report('first', left, first)
            self.save_opinions(directory, left, self.kinds_of(self.kinds(others, without=left.sites), left), first)
            kinds = self.kinds_by_folds(others, left.sites)
            for name, blocks in self.first_opinions(others, left, directory).items():
                self.save_opinions(directory, next(c for c in others if c.name == name), kinds[name], blocks)
            out = self.described_again(directory, self.trained)
            model, weights = self.fit_second(out, others, left.sites)
            found = (first + self.opinions(model, left, len(self.names), self.all_columns, weights, out)) / 2
            self.report('left out', left, found)
            found.astype('<f4').tofile(os.path.join(directory, left.base + '.out.f32'))
            self.forget(out)

    def fit_second(self, out, corpora, without=()):
        """Returns a model for the second pass, and the lexicon's weights. The lexicon's columns are made as for the first pass."""
        self.lexicon.count(corpora, without)
        rows = [Rows(c, self.names, len(self.names), out) for c in corpora]
        self.weigh(rows, list(range(FOLDS)))
        return grow(rows, self.all_columns, None, without), self.lexicon.weights()

    def ship(self):
        """Trains on all collections, and writes the models and the lexicon."""
        os.makedirs(self.o.models, exist_ok=True)
        directory = os.path.join(self.o.directory, 'permissive' if self.o.permissive else 'shipped')
        os.makedirs(directory, exist_ok=True)
        by_folds, opinions = self.kinds_by_folds(self.trained), self.first_opinions(self.trained, directory=directory)
        for c in self.trained:
            self.save_opinions(directory, c, by_folds[c.name], opinions[c.name])
        kinds = self.kinds(self.trained)
        say('kinds')
        gains(kinds, list(range(len(self.listed['kindFeatures']))), self.listed['kindFeatures'], 12)
        width = len(self.listed['kindFeatures'])
        self.save('kind', kinds, list(range(width)), width, len(KINDS), self.listed['kindHash'])
        model, weights = self.first(self.trained)
        say('lexicon:', self.lexicon.write(os.path.join(self.o.models, 'lexicon')), 'words')
        gains(model, self.first_columns, self.names)
        self.save('first', model, self.first_columns, self.second, 1, self.listed['hash'])
        firsts = {}
        for c in self.judged:
            firsts[c.name] = self.opinions(model, c, self.second, self.first_columns, weights)
            self.save_opinions(directory, c, self.kinds_of(kinds, c), firsts[c.name])
        out = self.described_again(directory, self.trained + self.judged)
        model, weights = self.fit_second(out, self.trained)
        gains(model, self.all_columns, self.names)
        self.save('second', model, self.all_columns, len(self.names), 1, self.listed['hash'])
        for c in self.judged:
            found = (firsts[c.name] + self.opinions(model, c, len(self.names), self.all_columns, weights, out)) / 2
            self.report('judged', c, found)
            found.astype('<f4').tofile(os.path.join(directory, c.base + '.out.f32'))
        for c in self.trained:  # from a second pass that has seen the collection; only for experiments
            found = (opinions[c.name] + self.opinions(model, c, len(self.names), self.all_columns, weights, out)) / 2
            found.astype('<f4').tofile(os.path.join(directory, c.base + '.seen.f32'))
        self.forget(out)

    def save(self, name, model, columns, width, outputs, digest):
        write_model(model, columns, width, outputs, digest, self.record, os.path.join(self.o.models, name + '.forest'))
        say('wrote', name)

    def folds(self):
        """Cross-validates by site, with all collections in training."""
        directory = os.path.join(self.o.directory, 'folds')
        first = {c.name: numpy.zeros(len(c.labels), numpy.float32) for c in self.trained}
        kinds = {c.name: numpy.zeros((len(c.pages), len(KINDS)), numpy.float32) for c in self.trained}
        words = {}
        for fold in range(FOLDS):
            model, words[fold] = self.first(self.trained, fold)
            judge = self.kinds(self.trained, fold)
            for c in self.trained:
                own = c.folds == fold
                first[c.name][own[c.page_of]] = self.opinions(model, c, self.second, self.first_columns, words[fold])[own[c.page_of]]
                kinds[c.name][own] = self.kinds_of(judge, c)[own]
            say('fold', fold)
        for c in self.trained:
            self.report('first', c, first[c.name])
            truth = c.kinds()
            known = truth >= 0
            if len(set(truth[known])) > 1:
                print(f'kinds: {c.name}: {(kinds[c.name].argmax(1) == truth)[known].mean():.4f} of {known.sum()} right')
            self.save_opinions(directory, c, kinds[c.name], first[c.name])
        out = self.described_again(directory, self.trained)
        rows = [Rows(c, self.names, len(self.names), out) for c in self.trained]
        found = {c.name: numpy.zeros(len(c.labels), numpy.float32) for c in self.trained}
        self.lexicon.count(self.trained)
        for fold in range(FOLDS):
            self.weigh(rows, [f for f in range(FOLDS) if f != fold])
            model = grow(rows, self.all_columns, fold)
            for c in self.trained:
                own = (c.folds == fold)[c.page_of]
                found[c.name][own] = self.opinions(model, c, len(self.names), self.all_columns, words[fold], out)[own]
            say('fold', fold)
        for c in self.trained:
            mean = (first[c.name] + found[c.name]) / 2
            self.report('folds', c, mean)
            mean.astype('<f4').tofile(os.path.join(directory, c.base + '.out.f32'))
        self.forget(out)

    def run(self):
        if self.o.models:
            self.ship()
        if self.o.leave_out is not None:
            self.leave_out()
        if self.o.folds:
            self.folds()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('directory', help='the folder for descriptions and probabilities')
    a.add_argument('corpora', nargs='+', help='the folders of the labeled pages to train on')
    a.add_argument('--judge', nargs='*', default=[], help='with --models: corpora to evaluate the models on, but not to train on')
    a.add_argument('--headline', default='sites', help='the corpora, separated by commas, whose truth begins with the headline (default %(default)s)')
    a.add_argument('--models', help='train on all corpora, and write the models to this folder')
    a.add_argument('--leave-out', nargs='*', help='judge each of these collections (default all) with models that are trained on the others')
    a.add_argument('--folds', action='store_true', help='cross-validate with five folds of sites')
    a.add_argument('--permissive', action='store_true', help='train only on the collections under CC-BY or Apache licenses')
    a.add_argument('--without', help='leave out the features whose names match this regular expression')
    a.add_argument('--described', action='store_true', help='use the descriptions and first opinions that are already in DIR')
    o = a.parse_args()
    if o.permissive:
        o.judge += [c for c in o.corpora if os.path.basename(c.rstrip('/')) not in PERMISSIVE]
        o.corpora = [c for c in o.corpora if os.path.basename(c.rstrip('/')) in PERMISSIVE]
    Trainer(o).run()


if __name__ == '__main__':
    main()
