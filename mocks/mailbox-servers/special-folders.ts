import { folderName, systemFolders } from '../gmail/core/labels.ts'
import type { MailRules } from '../gmail/core/switches.ts'
import { mailbox } from '../gmail/wire/encoder.ts'
import type { Translation } from './translation.ts'

const selection = /^LIST \(([^()]*)\) /i
const returned = / RETURN \(((?:[^()]|\([^()]*\))*)\)$/i
const own = /\bSPECIAL-USE\b ?/i

/**
 * LIST without what RFC 6154 added to it: the server does not know Gmail's uses, the front does.
 *
 * @returns the command's text, and whether only folders with a use are asked for
 */
export function withoutSpecialUse(text: string): { readonly text: string; readonly only: boolean } {
  const without = (options: string): string => options.replace(own, '').trim()
  const only = own.test(selection.exec(text)?.[1] ?? '')
  const plain = text
    .replace(selection, (_, options: string) => (without(options) === '' ? 'LIST ' : `LIST (${without(options)}) `))
    .replace(returned, (_, options: string) => (without(options) === '' ? '' : ` RETURN (${without(options)})`))
  return { text: plain, only }
}

/**
 * Gmail tells in every LIST what its own folders are for; of folders that were merely created, a server does not know it.
 *
 * @param asked the command: XLIST has older names for the same uses, and INBOX among them
 */
export function specialFolders(rules: MailRules): Translation['special'] {
  const uses = new Map(
    systemFolders.map(({ key, specialUse, xlist }) => [
      mailbox(`${rules.root}/${folderName(key, rules.language)}`).slice(1, -1),
      { LIST: specialUse, XLIST: xlist },
    ]),
  )
  return ({ response, attributes, name }, asked) => {
    const use = uses.get(name)
    const inbox = asked === 'XLIST' && name === 'INBOX'
    if (asked === 'LIST' && use === undefined) return undefined
    const others = attributes.filter((attribute) => attribute !== use?.LIST)
    return {
      response: asked === 'XLIST' ? 'XLIST' : response,
      attributes: [...others, ...(use === undefined ? [] : [use[asked]]), ...(inbox ? ['\\Inbox'] : [])].toSorted(),
      name: inbox ? 'Inbox' : name,
    }
  }
}
