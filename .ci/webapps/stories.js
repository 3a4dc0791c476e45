// The stories of the sites that .ci/render builds.
export const stories = {
  ferry: {
    title: 'The ferry that waits for nobody',
    text: [
      'The ferry to Holm leaves twice a day in winter, at seven and at four, and its captain has never waited for anybody who came down the hill at five past.',
      'She says that the tide does not wait either, and that a boat which is late once will be late for the rest of its days, like the one that her brother had.',
      'On Sundays there is no ferry at all, and those who must cross ask the man with the green boat, who takes no money but expects to be told a story on the way.',
    ],
  },
  lighthouse: {
    title: 'Paint for the lighthouse',
    text: [
      'Every ninth summer the lighthouse on the skerry is painted white again, and every ninth summer the paint that was ordered turns out to be of another white.',
      'The keeper keeps a board with all of them, the oldest from the year in which his grandmother was born, and holds it against the wall before the tins are opened.',
      'This year the board was left out in the rain, and so the village voted: forty for the whitest, nine for none, and one for blue, whose name is known to everybody.',
    ],
  },
}
