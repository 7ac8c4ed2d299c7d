/** Planning a run, again next week, and a club's standing link. */
export const before = {
  again: {
    nextWeek: 'Again next week',
  },
}
