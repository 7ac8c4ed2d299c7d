/** The built pages: packed once at the build, and kept by browsers for as long as their names say. */
import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import express, { type Express, type RequestHandler } from 'express'
import { earlyParts } from './early-parts.ts'

/** These are the page's own: what matters in `/j`, `/s` and `/r/RUNID` is behind the #, which is never sent. */
const PAGES = ['/j', '/s', '/c', '/c/:clubId', '/plan', '/plan/:runId', '/r/:runId', '/privacy']
/** Everything here has a name made of what it holds. */
const ASSETS = '/assets/'
/** The smaller first. */
const packings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

export function pages(app: Express, webDir: string): void {
  const early = earlyParts(webDir)
  app.get(['/', ...PAGES], (request, response, next) => {
    const link = early(request.path, request.acceptsLanguages())
    if (link) response.set('Link', link).vary('Accept-Language')
    request.url = '/index.html'
    next()
  })
  app.use(packed(webDir))
  app.use(
    express.static(webDir, {
      index: false, // done by `packed`
      cacheControl: false,
      acceptRanges: false,
    }),
  )
}

/** PW8: the smaller file beside the one that was asked for, where the browser can open it. */
function packed(webDir: string): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next()
    const path = request.path === '/' ? '/index.html' : request.path
    if (!/^(\/[\w-][\w.-]*)+$/.test(path) || !existsSync(join(webDir, path))) return next()
    response.set('Cache-Control', path.startsWith(ASSETS) ? 'public, max-age=31536000, immutable' : 'no-cache')
    response.vary('Accept-Encoding')
    const packing = packings.find(
      ([name, ending]) => request.acceptsEncodings(name) === name && existsSync(join(webDir, path + ending)),
    )
    if (packing) {
      const [name, ending] = packing
      response.set('Content-Encoding', name)
      response.type(extname(path))
      request.url = path + ending
    } else request.url = path
    next()
  }
}
