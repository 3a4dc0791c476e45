#!/usr/bin/python3
"""Prints how good the articles are: word F1 by collection and by language, and the share of bad pages.

    report.py PREDICTIONS CORPUS... [--headline NAMES]

PREDICTIONS is the folder that `train -predict` wrote. For each collection, and for each language with at least ten pages, the program
prints the number of pages and of sites, the word F1 (bag of words, averaged over pages, as in WCXB's evaluate.py) with its 95 %
interval, the shares of pages below 0.5 and below 0.8, the regret (the share of pages on which go-readability's text is better by more
than 0.1), and go-readability's own word F1 and its share of pages below 0.5. The intervals come from 2,000 resamplings of sites, because
the pages of a site are alike.
"""
import argparse, collections, json, os, random, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from corpus import site_of, word_f1

RESAMPLINGS, LEAST = 2000, 10


def interval(by_site, of):
    """Returns the 95 % interval of the mean of `of` over pages, from resampling sites."""
    draw, sites, means = random.Random(1), [(sum(map(of, pages)), len(pages)) for pages in by_site.values()], []
    for _ in range(RESAMPLINGS):
        drawn = draw.choices(sites, k=len(sites))
        means.append(sum(s for s, _ in drawn) / sum(n for _, n in drawn))
    means.sort()
    return means[RESAMPLINGS // 40], means[-RESAMPLINGS // 40 - 1]


def line(name, pages):
    by_site = collections.defaultdict(list)
    for page in pages:
        by_site[page[0]].append(page)
    n = len(pages)
    low, high = interval(by_site, lambda p: p[1])
    own, peer = [p[1] for p in pages], [p[2] for p in pages]
    print(f'{name:12} {n:5} {len(by_site):5}  {sum(own) / n:.4f} ({low:.3f} to {high:.3f})  {sum(f < 0.5 for f in own) / n:6.1%}'
          f'  {sum(f < 0.8 for f in own) / n:6.1%}  {sum(b > a + 0.1 for a, b in zip(own, peer)) / n:6.1%}'
          f'   {sum(peer) / n:.4f}  {sum(f < 0.5 for f in peer) / n:6.1%}')


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('predictions', help='the folder that `train -predict` wrote')
    a.add_argument('corpora', nargs='+', help='the folders of the labeled pages')
    a.add_argument('--headline', default='sites', help='the corpora, separated by commas, whose truth begins with the headline (default %(default)s)')
    o = a.parse_args()
    languages, print_header = collections.defaultdict(list), True
    for folder in o.corpora:
        name = os.path.basename(folder.rstrip('/'))
        with open(os.path.join(folder, 'truth.jsonl')) as lines:
            truths = [json.loads(l) for l in lines]
        with open(os.path.join(o.predictions, name + '.jsonl')) as lines:
            answers = {p['id']: p for p in map(json.loads, lines)}
        pages = []
        for truth in truths:
            if truth.get('text') is None:
                continue
            answer = answers.get(truth['id'], {'text': '', 'title': '', 'peer': '', 'language': ''})
            texts = [answer['text'], answer['peer']]
            if name in o.headline.split(','):
                texts = [answer['title'] + '\n' + t if t else '' for t in texts]
            page = (site_of(truth), *(word_f1(t, truth['text']) for t in texts))
            pages.append(page)
            languages[(truth.get('lang') or answer['language'] or 'unknown').split('-')[0].lower()].append(page)
        if print_header:
            print(f'{"":12} pages sites  word F1 (95 % interval)  below .5 below .8  regret  go-readability, below .5')
            print_header = False
        if pages:
            line(name, pages)
    print()
    for language, pages in sorted(languages.items(), key=lambda kv: -len(kv[1])):
        if len(pages) >= LEAST:
            line(language, pages)


if __name__ == '__main__':
    main()
