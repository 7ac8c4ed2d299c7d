import type { AskWords } from './english.ts'

const items = { water: 'су', isotonic: 'изотоник', gel: 'гель', snack: 'тіскебасар', salt: 'тұз' }

export const kazakh: AskWords = {
  things: { ...items, usual: 'әдеттегіңіз' },
  counted: items,
  asked: (what) => `Сұралды: ${what}.`,
  askedAlready: (what) => `Бұрын сұралған: ${what}.`,
  nobodyYet: 'Әзірге ешкім алған жоқ.',
  has: (helper) => `Апаратын ${helper}`,
  comes: (helper, min) => `${helper}, шамамен ${min} мин`,
  atKm: (km) => `${km.toFixed(1).replace('.', ',')}-км`,
  handedOver: (helper) => (helper === null ? 'Берілді.' : `Берілді (${helper}).`),
  takenBack: 'Өтініш қайтарып алынды.',
  nothingOpen: 'Ашық өтініш жоқ.',
  onlyByPost: 'Ештеңе сұралмады: бұл мекенжай өтінішті тек POST арқылы қабылдайды.',
  refusals: {
    'no-such-thing': 'Бұл мекенжай арқылы ештеңе сұралмайды: ол қате, қайтарып алынған не қазір жүгіріске жатпайды.',
    'not-for-your-role': 'Бұл жүгірістегі рөліңіз сұрауға рұқсат бермейді.',
    'run-not-live': 'Жүгіріс әлі басталған жоқ.',
    'run-has-ended': 'Жүгіріс аяқталды.',
    'not-out': 'Сіз тоқтадыңыз. Алдымен телефонда қайта бастаңыз.',
    malformed: 'Бұл басудың нөмірінде жарамсыз таңбалар бар.',
    'too-many': 'Тым жиі. Сәл күте тұрыңыз.',
    'retry-later': 'Сервер жауап бермейді. Сәлден соң қайталаңыз.',
  },
  fault: 'Серверде ақау бар. Сәлден соң қайталаңыз.',
  tap: (what) => ({
    askingFor: `Қазір сұралады: ${what}`,
    askFor: `Сұрау: ${what}`,
    undo: 'Керек емес',
    notAsked: 'Сұралған жоқ.',
    asking: 'Жіберілуде…',
    takeBack: 'Қайтарып алу',
    notAskedYet: 'ӘЛІ СҰРАЛҒАН ЖОҚ.',
    noNetworkToHear: 'Сұралды. Желі жоқ, кім келе жатқаны әзірге белгісіз.',
    noNetwork: 'ӘЛІ СҰРАЛҒАН ЖОҚ: желі жоқ. Қайталап жатыр.',
    notTakenBack: 'ҚАЙТАРЫП АЛЫНБАДЫ: желі жоқ.',
    already: 'Бұл беттен сұрап қойғансыз.',
  }),
}
