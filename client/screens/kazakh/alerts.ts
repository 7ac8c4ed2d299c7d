import type { alerts as english } from '../english/alerts.ts'
import { far } from './formats.ts'

export const alerts: typeof english = {
  alerts: {
    heading: 'Назар аудару керек',
    sentences: {
      'silent-overdue': (name) => `${name}: байланыс жоқ, уақыты өтіп кетті`,
      'off-route': (name) => `${name}: маршруттан тыс`,
      'wrong-way': (name) => `${name}: кері бағытта`,
      stopped: (name) => `${name}: тоқтап тұр`,
      straggling: (name, m) => (m ? `${name}: ${far(m)} қалып қойды` : `${name}: қалып қойды`),
      'no-contact': (name) => `${name}: байланыс жоқ`,
      'low-battery': (name, percent) =>
        percent === null ? `${name}: телефон қуаты аз` : `${name}: телефон қуаты ${percent} %`,
      'split-pack': (_name, m) => (m ? `Топ бөлініп кетті, арасы ${far(m)}` : 'Топ бөлініп кетті'),
      'water-out': (_name, count) => (count ? `Су таусылып барады: ${count} бөтелке қалды` : 'Су қалмады'),
      network: (_name, count) => `Желі жоғалды: ${count ?? 0} телефон бірден үнсіз қалды`,
      'cyclist-far': (name) => `${name}: барлық жүгірушіден алыс`,
    },
    forSince: (age) => `${age} болды`,
    needsHelp: 'жауабы: көмек керек',
    owned: (name) => `Мұнымен айналысып жүрген: ${name}`,
    yours: 'Мұнымен сіз айналысып жүрсіз',
    sentTo: (names) => `жіберілді: ${names}`,
    own: 'Өзім қараймын',
    seenTo: 'Реттелді',
    send: 'Көмекші жіберу',
    more: (count) => `тағы ${count}`,
    watch: 'Нені қадағалау керек',
    watchLong: 'Белгіленгені туралы сізге хабарланады.',
    ruleNames: {
      'silent-overdue': 'Байланыс жоқ, уақыты өтті',
      'off-route': 'Маршруттан тыс',
      'wrong-way': 'Кері бағытта',
      stopped: 'Тоқтап тұр',
      straggling: 'Қалып қойды',
      'no-contact': 'Көптен байланыс жоқ',
      'low-battery': 'Телефон қуаты аз',
      'split-pack': 'Топ бөлініп кетті',
      'water-out': 'Су таусылып барады',
      network: 'Желі жоғалды',
      'cyclist-far': 'Велосипедші бәрінен алыс',
    },
  },
  areYouFine: {
    heading: 'Бәрі жақсы ма?',
    questions: {
      'silent-overdue': 'Сізден көптен хабар жоқ.',
      'off-route': 'Маршруттан шығып кеткен сияқтысыз.',
      'wrong-way': 'Кері бағытта жүгіріп бара жатқан сияқтысыз.',
      stopped: 'Тоқтап тұрған сияқтысыз.',
    },
    told: 'Жетекшіге хабарланды.',
    toldIn: (s) => `Жетекшіге ${s} секундтан кейін хабарланады.`,
    fine: 'Бәрі жақсы',
    help: 'Көмек керек',
  },
}
