import type { alerts as english } from '../english/alerts.ts'
import { far } from './formats.ts'
import { bottles, phones } from './many.ts'

export const alerts: typeof english = {
  alerts: {
    heading: 'Требуют внимания',
    sentences: {
      'silent-overdue': (name) => `${name}: нет связи, и время вышло`,
      'off-route': (name) => `${name}: вне маршрута`,
      'wrong-way': (name) => `${name}: не в ту сторону`,
      stopped: (name) => `${name}: стоит на месте`,
      straggling: (name, m) => (m ? `${name}: отстаёт на ${far(m)}` : `${name}: отстаёт`),
      'no-contact': (name) => `${name}: нет связи`,
      'low-battery': (name, percent) =>
        percent === null ? `${name}: телефон садится` : `${name}: заряд телефона ${percent} %`,
      'split-pack': (_name, m) => (m ? `Группа разорвалась, между частями ${far(m)}` : 'Группа разорвалась'),
      'water-out': (_name, count) => (count ? `Вода кончается: ${bottles(count)}` : 'Воды больше нет'),
      network: (_name, count) => `Сеть пропала: разом нет связи, ${phones(count ?? 0)}`,
      'cyclist-far': (name) => `${name}: далеко от всех бегунов`,
    },
    forSince: (age) => `уже ${age}`,
    needsHelp: 'ответ: нужна помощь',
    owned: (name) => `Этим занимается ${name}`,
    yours: 'Этим занимаетесь вы',
    sentTo: (names) => `отправлено: ${names}`,
    own: 'Беру на себя',
    seenTo: 'Улажено',
    send: 'Отправить помощника',
    more: (count) => `ещё ${count}`,
    watch: 'За чем следить',
    watchLong: 'Вам сообщат о том, что отмечено.',
    ruleNames: {
      'silent-overdue': 'Нет связи, и время вышло',
      'off-route': 'Вне маршрута',
      'wrong-way': 'Не в ту сторону',
      stopped: 'Стоит на месте',
      straggling: 'Отстаёт',
      'no-contact': 'Долго нет связи',
      'low-battery': 'Садится телефон',
      'split-pack': 'Группа разорвалась',
      'water-out': 'Кончается вода',
      network: 'Пропала сеть',
      'cyclist-far': 'Велосипедист далеко от всех',
    },
  },
  areYouFine: {
    heading: 'Всё хорошо?',
    questions: {
      'silent-overdue': 'От вас давно нет вестей.',
      'off-route': 'Похоже, вы вне маршрута.',
      'wrong-way': 'Похоже, вы бежите не в ту сторону.',
      stopped: 'Похоже, вы стоите на месте.',
    },
    told: 'Ведущему сообщили.',
    toldIn: (s) => `Ведущему сообщат через ${s} с.`,
    fine: 'Всё хорошо',
    help: 'Нужна помощь',
  },
}
