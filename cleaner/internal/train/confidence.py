#!/usr/bin/python3
"""Fits the confidence in articles, and measures how good it is on collections that were left out of the fit.

    confidence.py PREDICTIONS CORPORA...

PREDICTIONS is the folder that `train -predict` wrote, with the opinions of judges that had not seen the collections. An article is
right if its word F1 is at least 0.9. Each collection in turn is left out of the fit. For each of them, and for all of them together,
the program prints the expected calibration error (ten bins; Naeini, Cooper and Hauskrecht, AAAI 2015), and the share of the bad pages,
those with a word F1 below 0.5, that are among the tenth of the pages with the lowest confidence. At the end it prints the bias and the
weights for judge/confidence.go, from a fit to all collections.
"""
import argparse, json, os, sys

import numpy
from scipy.optimize import minimize

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from corpus import word_f1

RIGHT, BAD, PENALTY = 0.9, 0.5, 0.03


def read(folder, predictions):
    """Returns the signals and the word F1 of each page that has an article."""
    name = os.path.basename(folder.rstrip('/'))
    with open(os.path.join(predictions, name + '.jsonl')) as lines:
        answers = {p['id']: p for p in map(json.loads, lines)}
    with open(os.path.join(folder, 'truth.jsonl')) as lines:
        truths = [t for t in map(json.loads, lines) if t.get('text') and answers.get(t['id'], {}).get('text')]
    return (numpy.array([answers[t['id']]['signals'] for t in truths]),
            numpy.array([word_f1(t['text'], answers[t['id']]['text']) for t in truths]))


def fit(pages):
    """Returns the bias and the weights of a logistic regression. A collection's weight is the square root of its number of pages."""
    x = numpy.concatenate([signals for signals, _ in pages])
    right = numpy.concatenate([f1 >= RIGHT for _, f1 in pages]).astype(float)
    weight = numpy.concatenate([numpy.full(len(f1), len(f1) ** -0.5) for _, f1 in pages])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = numpy.c_[numpy.ones(len(x)), (x - mean) / spread]

    def loss(b):
        at = z @ b
        p = 1 / (1 + numpy.exp(-at))
        return ((weight * (numpy.logaddexp(0, at) - right * at)).sum() / weight.sum() + PENALTY * (b[1:] ** 2).sum(),
                z.T @ (weight * (p - right)) / weight.sum() + 2 * PENALTY * numpy.r_[0, b[1:]])

    b = minimize(loss, numpy.zeros(z.shape[1]), jac=True, method='L-BFGS-B').x
    return b[0] - (b[1:] / spread * mean).sum(), b[1:] / spread


def confidence(model, signals):
    return 1 / (1 + numpy.exp(-(model[0] + signals @ model[1])))


def line(name, p, f1):
    right, bad = f1 >= RIGHT, f1 < BAD
    error = 0
    for k in range(10):
        of = (numpy.minimum((p * 10).astype(int), 9) == k)
        if of.any():
            error += abs(p[of].mean() - right[of].mean()) * of.mean()
    lowest = numpy.argsort(p)[:max(len(p) // 10, 1)]
    print(f'{name:10} {len(p):5} pages, {right.mean():.3f} right, calibration error {error:.3f}; '
          f'share of the {bad.sum()} bad pages in the lowest tenth {bad[lowest].sum() / max(bad.sum(), 1):.2f}')


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('predictions', help='the folder that `train -predict` wrote')
    a.add_argument('corpora', nargs='+', help='the folders of the labeled pages')
    o = a.parse_args()
    pages = {os.path.basename(c.rstrip('/')): read(c, o.predictions) for c in o.corpora}
    given, found = [], []
    for name, (signals, f1) in pages.items():
        given.append(confidence(fit([pages[other] for other in pages if other != name]), signals))
        found.append(f1)
        line(name, given[-1], f1)
    line('together', numpy.concatenate(given), numpy.concatenate(found))
    bias, weights = fit(list(pages.values()))
    print(f'confidenceBias = {bias:.3f}\nconfidenceWeights = {", ".join(f"{w:.3f}" for w in weights)}')


if __name__ == '__main__':
    main()
