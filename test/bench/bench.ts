/** `npm run bench -- NAME [its options]`. */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  fanout: () => import('./fanout/fanout.ts'),
  ramp: () => import('./fanout/ramp.ts'),
  'one-run': () => import('./fanout/one-run.ts'),
  late: () => import('./fanout/late.ts'),
  water: () => import('./fanout/water.ts'),
  rejoin: () => import('./fanout/rejoin.ts'),
  dispatch: () => import('./dispatch/dispatch.ts'),
  app: () => import('./app/app.ts'),
  scaling: () => import('./fanout/scaling.ts'),
}

const [name = ''] = process.argv.splice(2, 1)
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench) await bench()
else {
  process.stderr.write(`npm run bench -- ${Object.keys(benches).join(' | ')}\n`)
  process.exitCode = 1
}
