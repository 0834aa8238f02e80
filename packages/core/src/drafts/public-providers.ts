/** Domains at which anybody gets a mailbox: who enrols there proves nothing of an employer. The large ones, to catch a mistake. */
const PROVIDERS = new Set(
  `126.com 139.com 163.com aim.com aol.com arcor.de att.net bluewin.ch btinternet.com comcast.net cox.net daum.net
  duck.com fastmail.com fastmail.fm foxmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net
  googlemail.com hanmail.net hey.com hotmail.com hotmail.co.uk hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com
  icloud.com inbox.lv inbox.ru laposte.net libero.it list.ru live.com live.co.uk live.fr live.nl mac.com mail.com mail.de
  mail.ru mailbox.org mailfence.com mailinator.com me.com msn.com naver.com o2.pl onet.pl orange.fr outlook.com outlook.de
  outlook.fr passport.com pm.me posteo.de posteo.net proton.me protonmail.ch protonmail.com qq.com rediffmail.com
  riseup.net rocketmail.com sbcglobal.net seznam.cz sfr.fr sina.com sohu.com startmail.com sympatico.ca t-online.de
  tutamail.com tutanota.com tutanota.de tuta.com tuta.io verizon.net virgilio.it wanadoo.fr web.de wp.pl yahoo.ca
  yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru
  yeah.net ymail.com zoho.com`.split(/\s+/),
);

/** `domain` in lower case. A domain below one of them counts as well. */
export function isPublicProvider(domain: string): boolean {
  const labels = domain.split(".");
  return labels.some((_, i) => PROVIDERS.has(labels.slice(i).join(".")));
}
