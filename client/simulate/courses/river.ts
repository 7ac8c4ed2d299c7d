import { banks, courseOf, smooth, stretched } from './course.ts'

const middle = [
  [51.162, 71.388],
  [51.16, 71.402],
  [51.1575, 71.415],
  [51.156, 71.428],
  [51.152, 71.44],
  [51.146, 71.45],
  [51.1395, 71.458],
  [51.132, 71.463],
  [51.1255, 71.471],
  [51.1205, 71.483],
  [51.117, 71.497],
  [51.112, 71.508],
] as const

export const river = courseOf({
  name: 'river',
  title: 'Sunday on both banks of the Esil',
  about: 'Out on the left bank, over a bridge and back on the right bank, about 21 km, approximate and drawn by hand.',
  hasRoute: true,
  drawing: {
    kind: 'two-banks',
    ...banks(stretched(smooth(middle), 10_350), [90, 140, 230, 250, 180, 120, 70, 60, 110, 200, 130]),
  },
  marks: [
    { name: 'West bridge, start', share: 0 },
    { name: 'Beach', share: 0.3 },
    { name: 'Boat house', share: 0.62 },
    { name: 'East bridge', share: 1 },
    { name: 'Fountain, right bank', share: 0.5, onReturn: true },
    { name: 'Breakfast', share: 0.02, onReturn: true },
  ],
  typicalPaceMps: 2.8,
  runners: 90,
  cyclists: 3,
})
