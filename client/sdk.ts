/** Serik's SDK, `serik/client`: what the web app, the tests and the simulated people are made of. No DOM. */
export * from '../shared/protocol/errors.ts'
export type * from '../shared/protocol/http.ts'
export type { Accepted, Rhythm } from '../shared/protocol/wire.ts'
export {
  type Alert,
  type AlertRule,
  alertPolicyOf,
  alertRuleNames,
  isAlertOn,
  isAudible,
} from '../shared/run/alerts.ts'
export { isMetAsked, isOfferedTo } from '../shared/run/claims.ts'
export type { Command } from '../shared/run/commands.ts'
export * from '../shared/run/questions.ts'
export * from '../shared/run/requests.ts'
export type * from '../shared/run/state.ts'
export * from '../shared/run/words.ts'
export { type DrinkDue, drinkDue } from '../shared/supply/drink-due.ts'
export { shortOf, type WaterForecast, waterForecast } from '../shared/supply/water-forecast.ts'
export type * from '../shared/units.ts'
export * from './net/http-calls.ts'
export * from './net/new-id.ts'
export { openPhone } from './net/open-phone.ts'
export type { Phone, PhoneOptions } from './net/phone.ts'
export { memoryPhoneStorage, type PhoneStorage } from './net/phone-storage.ts'
export { alertsOf, type HelperNear, helpersFor, type MyQuestion, myQuestion, type ShownAlert } from './state/alerts.ts'
export { carryOf } from './state/carry.ts'
export { type ClaimQuestion, claimQuestions } from './state/claim-questions.ts'
export { type Cue, type CueParams, type CueState, cuesAfter, noCues } from './state/cues.ts'
export { type MyDrink, myDrink } from './state/drink.ts'
export { type GroupLine, groupsOverview } from './state/groups.ts'
export { type HeadCount, headCount, mayICount, type Roster, rosterOf } from './state/head-count.ts'
export { type Comer, openRegroups, type RegroupView, regroupView } from './state/regroup.ts'
export { type RequestLife, requestLife } from './state/request-life.ts'
export { type RollPart, rollSentence } from './state/roll-sentence.ts'
export type { RunView, SeenPlace } from './state/run-view.ts'
export { myStock, supplyOf, type WaterOutlook, waterOutlook } from './state/stock.ts'
