/**
 * The door of watches, headset buttons, shortcuts and tags: `POST /u/TOKEN/water`, where TOKEN is that of the member's tracker
 * address. Answers with one sentence, or with JSON to whoever accepts it.
 */
import type { Express, Request, RequestHandler, Response } from 'express'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { AskedByAddress, TakenBack } from '../../shared/protocol/http.ts'
import { type ItemKind, itemKindNames } from '../../shared/run/requests.ts'
import { SECOND_MS } from '../../shared/units.ts'
import type { Press } from '../usecase/asking.ts'
import { askedSentence, askWords, languageOf, refusalSentence, takenBackSentence } from './ask-words.ts'
import { attempt } from './attempt.ts'
import { type HttpHouse, statusOf } from './http-answer.ts'
import { httpRates, sharedLimiterOf } from './rates.ts'
import { tapPage, tapPolicy } from './tap-page.ts'
import type { AskWords } from './words/english.ts'

const WAIT_MAX_S = 120
const PRESS_ID = /^[A-Za-z0-9_-]{1,64}$/

type Said = AskedByAddress | TakenBack | Refusal

const isThing = (what: unknown): what is Press['what'] =>
  typeof what === 'string' && Object.hasOwn(askWords.en.things, what)
const isItem = (kind: unknown): kind is ItemKind => (itemKindNames as readonly unknown[]).includes(kind)

export function askByAddress(app: Express, http: HttpHouse): void {
  const { house, asking } = http
  const limiter = sharedLimiterOf(house, 'ask', httpRates.ask)
  const isKnown = (token: string): boolean => house.seals.openTracker(token) !== undefined

  app.get('/u/:token/tap/:what', (request, response) => {
    const { token, what } = request.params
    if (!isKnown(token) || !isThing(what)) return say(request, response, nothingThere())
    response.set({ 'Content-Security-Policy': tapPolicy, 'X-Robots-Tag': 'noindex', 'Cache-Control': 'no-store' })
    const language = languageOf(request)
    const { tap, things } = askWords[language]
    response.type('html').send(tapPage(what, language, tap(things[what])))
  })

  app.post(
    '/u/:token/cancel',
    posted((token, request) => takeBack(token, wordsOf(request), request.query.kind)),
  )
  app.post(
    '/u/:token/:what',
    posted(async (token, request, response) => {
      const { params, query } = request
      const { what } = params
      if (!isThing(what)) return nothingThere()
      return ask({ token, what, pressId: query.id }, waitMsOf(query.wait), wordsOf(request), response)
    }),
  )
  // AD7: a link preview looks with GET, and so does a tag.
  app.all('/u/:token/:what', (request, response) => {
    response.status(405).set('Allow', 'POST')
    tell(request, response, refuse('malformed', { field: 'method', detail: wordsOf(request).onlyByPost }))
  })
  app.use('/u', (request, response) => say(request, response, nothingThere()))

  /** Whatever the body says: the press is all there is to it. */
  function posted(answered: (token: string, request: Request, response: Response) => Promise<Said>): RequestHandler {
    return async (request, response) => {
      request.resume()
      const token = String(request.params.token)
      const said = await attempt(
        async () => {
          if (!isKnown(token)) return nothingThere()
          const retryAfterMs = await limiter(token)
          return retryAfterMs > 0 ? refuse('too-many', { retryAfterMs }) : answered(token, request, response)
        },
        (fault) => house.onFault(fault, 'ask'),
      )
      if (!response.destroyed) say(request, response, said)
    }
  }

  type AnyPress = Omit<Press, 'pressId'> & { readonly pressId: unknown }

  async function ask(
    { token, what, pressId = null }: AnyPress,
    waitMs: number,
    words: AskWords,
    response: Response,
  ): Promise<Said> {
    const isId = typeof pressId === 'string' && PRESS_ID.test(pressId)
    if (pressId !== null && !isId) return refuse('malformed', { field: 'id' })
    const press = await asking.press({ token, what, pressId: isId ? pressId : null })
    if ('ok' in press) return press
    await asking.taken(press, waitMs, goneWith(response))
    const now = asking.now(press)
    if (!now) return nothingThere()
    const sentence = askedSentence(words, now, press.isEarlier, waitMs > 0)
    return { ok: true, requestId: press.requestId, ...now, sentence }
  }

  async function takeBack(token: string, words: AskWords, kind: unknown = null): Promise<Said> {
    if (kind !== null && !isItem(kind)) return refuse('no-such-thing', { field: 'kind' })
    const count = await asking.takeBack(token, kind)
    return typeof count === 'number' ? { ok: true, count, sentence: takenBackSentence(words, count) } : count
  }
}

const wordsOf = (request: Request): AskWords => askWords[languageOf(request)]

const nothingThere = (): Refusal => refuse('no-such-thing', { field: 'path' })

/** Whoever sends a wait that is none asks all the same: a wrong setting of a watch must not cost a bottle. */
function waitMsOf(wait: unknown): number {
  const seconds = Number(wait ?? 0)
  return Number.isFinite(seconds) ? Math.min(WAIT_MAX_S, Math.max(0, seconds)) * SECOND_MS : 0
}

function goneWith(response: Response): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return gone.signal
}

function say(request: Request, response: Response, said: Said): void {
  if (!said.ok) response.status(statusOf[said.code])
  tell(request, response, said.ok ? said : { ...said, detail: refusalSentence(wordsOf(request), said.code) })
}

/** AD10 */
function tell(request: Request, response: Response, said: Said): void {
  const wantsJson = request.accepts(['text/plain', 'application/json']) === 'application/json'
  if (!said.ok && said.retryAfterMs) response.set('Retry-After', String(Math.ceil(said.retryAfterMs / SECOND_MS)))
  response.set('Cache-Control', 'no-store')
  if (wantsJson) response.json(said)
  else response.type('text/plain').send(said.ok ? said.sentence : said.detail)
}
