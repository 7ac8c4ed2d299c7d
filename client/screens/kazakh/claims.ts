import type { claims as english } from '../english/claims.ts'

export const claims: typeof english = {
  claims: {
    looking: (age) => `${age} бұрын сұрадыңыз. Апаратын адам ізделуде.`,
    lookingEscalated: (age) => `${age} бұрын сұрадыңыз. Әлі ізделуде; ұзаққа созылғанын жетекші біледі.`,
    nobody: 'Қазір апаратын ешкім жоқ.',
    leaderSees: 'Жетекші мұны көріп тұр.',
    nearTold: 'Қасыңыздағы адамдарға хабарланды.',
    coming: (name, time, where) => `${[`${name} сізге келе жатыр`, time, where].filter(Boolean).join(', ')}.`,
    about: (time) => `шамамен ${time}`,
    at: (place) => `кездесу: ${place}`,
    away: (distance) => `сізге дейін ${distance}`,
    notHeard: (age) => `Байланыс жоқ: ${age}.`,
    here: (name) => `${name} қасыңызда.`,
    met: (name) => `Кездестіңіздер: сіз және ${name}.`,
    goOn: 'Жүгіре беріңіз.',
    wait: 'Тұрған жеріңізде күтіңіз.',
    askedWhether: (name) => `Мұны ${name} алған. Келе жатқаны сұралды.`,
    metYou: (name) => `Кездестіңіздер: сіз және ${name}. Алдыңыз ба?`,
    assumed: (name) =>
      name ? `Берілді деп есептелді (${name}): кездестіңіздер.` : 'Берілді деп есептелді: кездестіңіздер.',
    undo: 'Жоқ, маған берілмеді',

    stillComing: (name) => `Әлі бара жатырсыз ба? Күтіп тұрған ${name}:`,
    stillComingHint: 'Жауап болмаса, екі минуттан кейін басқаларға ұсынылады.',
    keep: 'Иә, бара жатырмын',
    giveBack: 'Бара алмаймын',
    offer: (runner, holder, time) =>
      `${runner} күтіп тұр. Апара жатқан ${holder}, бірақ сіз ${time} ертерек жетесіз. Өзіңіз аласыз ба?`,
    take: 'Өзім аламын',
    metWho: (name, what) => `Кездестіңіздер: сіз және ${name}. ${what}: берілді ме?`,
    metHint: 'Жауап болмаса, үш минуттан кейін берілді деп есептеледі.',
    gotIt: 'Иә, алдым',
    handedOver: 'Иә, берілді',
    notYet: 'Жоқ, әлі емес',
    nearWish: (name, what, way) => `${name} сұрайды: ${what.toLowerCase()}${way ? `, ${way}` : ''}.`,
    nearHint: 'Қазір ешбір велосипедші апара алмайды.',
    nearMore: (count) => `Қасыңызда тағы ${count} адам күтіп тұр.`,
    assumedFor: (name, what) => `${what}: берілді деп есептелді (${name}).`,
    notGiven: 'Жоқ, берілмеді',
  },
}
