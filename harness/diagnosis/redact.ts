const hidden = '‹hidden›'

/** Between a name and its value, as forms, JSON, JSON within JSON, headers, Python, Ruby and URLs within URLs write it. */
const between = String.raw`(?:\\*["'])?\s*(?:=>|[:=]|%3A|%3D)\s*(?:%22|[ub]?\\*["'])?`
const named = (names: string, value: string): RegExp => new RegExp(`((?:${names})${between})${value}`, 'gi')

const replacements: readonly (readonly [RegExp, string])[] = [
  // A key, or as much of it as the line holds; its other lines are runs.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----.*/g, hidden],
  [/((?:set-)?cookie["']?\s*[:=]\s*).*/gi, `$1${hidden}`],
  [/((?:proxy-)?authorization\\*["']?\s*[:=]\s*\\*["']?)[^"'\\]+/gi, `$1${hidden}`],
  [/\b(Bearer|Basic|DPoP)(?:\s|%20|\+)+(?!realm|error|token\b|tokens\b|scheme)[^\s"'\\,;&]+/gi, `$1 ${hidden}`],
  // RFC 3501 §6.2.3, RFC 1939 §7, and SASL messages (§6.2.2).
  [/\b(LOGIN\s+)(?=\S*[@"])\S+\s+\S.*/g, `$1${hidden}`],
  [/\b(PASS\s+)\S.*/g, `$1${hidden}`],
  [/\b(AUTH(?:ENTICATE)?\s+(?:PLAIN|LOGIN|XOAUTH2?|OAUTHBEARER|CRAM-MD5)\s+)[A-Za-z0-9+/=]{4,}/g, `$1${hidden}`],
  [/(:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g, `$1${hidden}`],
  [/\b[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4}\b/g, hidden],
  [
    named(
      'pass(?:word|wd|phrase|code)?|pwd|app[_-]?password',
      String.raw`(?:(?<=["'])(?:\\[^"']|[^"'\\])+|[^\s"'&%]+(?:%(?!26|22)[0-9a-f]{2}[^\s"'&%]*)*(?: [a-z]{4}){0,3})`,
    ),
    `$1${hidden}`,
  ],
  [
    named(
      '(?:access|refresh|id|device|session|csrf|xsrf|oauth2?)[_-]?token|(?:client|app|shared)[_-]?secret|code[_-]?verifier|private[_-]?key(?:_id)?|client_assertion|assertion|api[_-]?key|(?<![\\w-])(?:secret|token|state|nonce|otp|sid|SAPISID|HSID|SSID)',
      String.raw`(?!(?:\d{3}|null|none|undefined|true|false|missing|invalid|expired|not|is|has)(?=[\s"',;.)}\]]|$))(?!\{)(?:(?<=["'])[^"']+|[^\s"'&,;}\])]+)`,
    ),
    `$1${hidden}`,
  ],
  [/(\bcode(?:=|%3D))(?!invalid|4\d\d\b|[A-Z_]+\b)[^\s"'&]{4,}/g, `$1${hidden}`],
  [/\bGOCSPX-[\w-]+/g, hidden],
  [/\bya29[.%][^\s"'&,;]*/g, hidden],
  [/(?<![\w/:.])(?:[14](?:\/|%2F|%252F|\\\/){1,2}|4(?:\/|%2F|%252F|\\\/)0)[\w%\\/-]{8,}/gi, hidden],
  [/\beyJ[\w-]+(?:\.[\w-]*){1,4}/g, hidden],
]

const address = /([\w.+-])[\w.+'-]*(@|%40)((?:[a-z0-9-]+\.)+[a-z]{2,}|\[?[\w.]+\]?)/gi

/** What a line may show to others: no token, code, key, password or cookie, and of addresses no more than a beginning. */
export function redacted(line: string): string {
  let text = unescapedAsUrl(line)
  for (const [pattern, replacement] of replacements) text = text.replace(pattern, replacement)
  text = text.replace(address, '$1…$2$3')
  return text.replace(/[A-Za-z0-9+/=_~%.-]{12,}/g, (run, at: number) =>
    isHarmless(run, text.slice(Math.max(0, at - 8), at)) ? run : hidden,
  )
}

/** URLs in URLs are read to the bottom: what is hidden there is a name and a value as anywhere else. */
function unescapedAsUrl(line: string): string {
  let text = line
  for (let depth = 0; depth < 4 && /%[0-9a-f]{2}/i.test(text); depth++)
    text = text.replace(/(?:%[0-9a-f]{2})+/gi, (octets) => {
      try {
        return decodeURIComponent(octets).replace(/[\p{Cc}\p{Cf}]/gu, ' ')
      } catch {
        return '\ufffd'
      }
    })
  return text
}

const clientId = /^\d+-[a-z0-9]{8,40}\.apps\.googleusercontent\.com$/

/** Words, names of classes, versions and addresses of pages stay; what looks drawn by lot goes, whatever it is. */
function isHarmless(run: string, before: string): boolean {
  if (clientId.test(run) || /^\d{4}-\d\d-\d\d(?:T\d\d)?$/.test(run)) return true
  const isAddress = before.endsWith(':') && run.startsWith('//')
  // base64 ends so, and hardly anything else.
  if (!isAddress && /[^=]={1,2}$/.test(run)) return false
  return run.split(/[/._~+=-]+|%[0-9A-Fa-f]{2}/).every(isWord)
}

/** Whether people made the part: words with their small and capital letters, and a number at most. */
function isWord(part: string): boolean {
  if (/^\d{0,10}$/.test(part)) return true
  const pieces = part.replace(/X?OAuth/g, 'Oauth').match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []
  const numbers = pieces.filter((piece) => /\d/.test(piece))
  const words = pieces.filter((piece) => !/\d/.test(piece))
  if (part.includes('%') || part.length > 40 || numbers.length > 1 || numbers.some((number) => number.length > 4))
    return false
  const letters = words.join('').length
  // What is drawn by lot changes between small and capital letters all the time.
  if (words.length > 1 && letters / words.length < (letters > 12 ? 4 : 3.4)) return false
  if (/[a-z]/.test(part) && words.some((word) => /^[A-Z]{5,}$/.test(word))) return false
  return words.every((word) => word.length < 6 || !/[^aeiouy]{5}/i.test(word))
}
