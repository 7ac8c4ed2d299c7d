/** The HTTP door: plans and joins, routes and tracks, tracker apps, and the pages. */
import express, { type ErrorRequestHandler, type Express } from 'express'
import helmet from 'helmet'
import { refuse } from '../../shared/protocol/errors.ts'
import { WIRE_VERSION } from '../../shared/protocol/version.ts'
import { awayRefusal, isAway } from '../usecase/away.ts'
import { answer, type HttpHouse, limited } from './http-answer.ts'
import { askByAddress } from './http-ask.ts'
import { clubs } from './http-club.ts'
import { hostsOf, ownTiles } from './http-map.ts'
import { pages } from './http-pages.ts'
import { pushes } from './http-push.ts'
import { replayTracks } from './http-replay.ts'
import { routes } from './http-route.ts'
import { plansAndJoins } from './http-runs.ts'
import { exportTracks } from './http-track.ts'
import { askTracker, takeReport, trackerHeard } from './http-tracker.ts'

/** A route file may be large; everything else is small. */
const ROUTE_BODY_MAX = '16mb'
const BODY_MAX = '100kb'

export function openHttpDoor(http: HttpHouse): Express {
  const { house } = http
  const mapHosts = hostsOf(http.map)
  const app = express()
  app.set('trust proxy', http.trustProxy)
  app.set('query parser', 'simple')
  app.disable('x-powered-by')
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'data:', 'blob:', ...mapHosts],
          styleSrc: ["'self'", "'unsafe-inline'"],
          connectSrc: ["'self'", 'ws:', 'wss:', ...mapHosts],
          // The map draws in threads of its own, made from what the page has loaded.
          workerSrc: ["'self'", 'blob:'],
          childSrc: ["'self'", 'blob:'],
          // On plain http in a club's own network the pages must not be sent to an https that is not there.
          upgradeInsecureRequests: null,
        },
      },
      strictTransportSecurity: false, // the proxy in front of it has the certificate and the say
      // Both mean nothing on plain http but a line in the browser's console.
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      referrerPolicy: { policy: 'no-referrer' },
    }),
  )

  const large = express.json({ limit: ROUTE_BODY_MAX })
  const small = express.json({ limit: BODY_MAX })

  app.get('/healthz', (_request, response) => {
    const ok = http.isHealthy()
    response.status(ok ? 200 : 503).json({ ok })
  })
  app.get('/api/about', (_request, response) => {
    const { clock } = house
    response.json({
      ok: true,
      name: 'serik',
      wire: WIRE_VERSION,
      nowMs: clock.nowMs(),
      timeScale: clock.timeScale,
      hasDemo: http.startDemo !== undefined,
      retentionDays: http.defaults.retentionDays,
      map: http.map.told,
    })
  })

  plansAndJoins(app, http, large, small)
  clubs(app, http, small)
  routes(app, http, large, small)
  exportTracks(app, http)
  replayTracks(app, http)
  askTracker(app, http, small)
  trackerHeard(app, http)
  takeReport(app, http)
  askByAddress(app, http)
  pushes(app, http, small)

  app.post('/api/demo', limited(http, 'demo'), async (_request, response) => {
    if (!http.startDemo) return answer(response, refuse('no-such-thing'))
    answer(response, await http.startDemo())
  })

  app.use('/api', (_request, response) => answer(response, refuse('no-such-thing', { field: 'path' })))
  ownTiles(app, http.map)
  if (http.webDir) pages(app, http.webDir)

  const broken: ErrorRequestHandler = (fault, _request, response, _next): void => {
    // Whoever asked may have gone meanwhile, as phones do: that is no fault.
    if (response.headersSent || fault?.code === 'ECONNABORTED') return void response.destroy()
    if (isAway(fault)) return void answer(response, awayRefusal())
    // Only express itself sets a 4xx: a body that is unreadable or too large (then with a `type`), or such a path.
    const isTheirs = fault?.status >= 400 && fault.status < 500
    if (!isTheirs) house.onFault(fault, 'http')
    const field = typeof fault?.type === 'string' ? 'body' : 'path'
    const detail = String(fault?.type ?? fault?.message).slice(0, 200)
    answer(response, isTheirs ? refuse('malformed', { field, detail }) : refuse('internal'))
  }
  app.use(broken)
  return app
}
