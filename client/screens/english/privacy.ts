/** In plain words: who learns what, and how it goes away again. */
export const privacy = {
  privacy: {
    heading: 'What is shared, and with whom',
    short:
      'Nobody sees where you are before you tap start, then only the people of your run, and all of it is deleted soon after.',
    what: 'What is shared',
    whatYours:
      'When you join: your name. A phone number, an emergency contact and a medical note only if you type them.',
    whatPlace:
      'After “I am here, start”: your place, every few seconds, and what you ask for. The line at the top of every screen says so as long as it is true.',
    untilWhen: 'Until when',
    untilStop: 'Until you stop, or the run ends: after that nothing goes out of this phone.',
    untilGone:
      'Everything about a run is deleted some days after it; its page says after how many. Your own track you may keep before.',
    clubs:
      'Of a club with a standing link its name is kept, and which runs come next; nobody’s name. It is forgotten a year after anybody has last used it.',
    whom: 'With whom',
    whomRun:
      'Runners see those of their group, helpers and leaders everybody. Those at home, with a link to look on, see the places too.',
    whomNumbers:
      'Your number and your emergency words are read by leaders; by helpers only while you call for help. A leader’s number is read by everybody.',
    whomOthers: 'Nobody else. No account, no advertising, nothing is counted about you, nothing is sold.',
    minors: 'Children',
    minorsHow:
      'A child is marked as one by a leader and has no plan for gels. A guardian’s link, made by a leader or by oneself, shows one dot only, and its leaders.',
    where: 'Where it is kept',
    whereServer: (host: string) =>
      `On the one server behind ${host}, and nowhere else. Who gave you the link knows who runs it.`,
    wherePhone:
      'On this phone: your seats, what you typed about yourself, what waits to be sent, your own track, and the run as this phone last saw it, for as long as the server keeps it. A leader’s phone also keeps the course of the run, so that a lost server forgets nothing.',
    trackers: 'Tracker apps, watches, tags',
    trackersHow:
      'Your tracker address is a secret: whoever has it can send places and ask for water as you. It counts only while you share. A new one can be had at any time.',
    push: 'Ringing a locked phone',
    pushHow:
      'If you allow it, a ring goes through the service of your browser’s maker. It sees that this phone is rung, and numbers; no name, no place, no words.',
    map: 'The map',
    mapFrom: (host: string) =>
      `Map pictures come from ${host}. It sees this phone’s internet address and which piece of the map is looked at, and not who or where the people are.`,
    mapOwn: 'The map comes from the same server, or is only drawn: no other service is asked.',
    erase: 'To have it deleted',
    eraseHow:
      'In the run, under “About me”: “Erase me from this run”. Name, requests and track go at once and for good. A leader can end it for everybody.',
  },
}
