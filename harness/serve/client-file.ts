import type { ClientRegistration } from '../../mocks/google/registration/clients.ts'

/** The name that Google's console gives to the download. */
export const clientFileName = ({ client_id }: ClientRegistration): string => `client_secret_${client_id}.json`

/** Under which the next start finds it, whatever the identifiers then are: the first client's is `client_secret.json`. */
export const lastingClientFileName = (_: ClientRegistration, index: number): string =>
  `client_secret${index === 0 ? '' : `_${index + 1}`}.json`

/** An OAuth client in the form of Google's download; clients that have no secret get none. */
export const clientFileOf = ({ kind, project, client_id, client_secret, redirect_uris }: ClientRegistration) => ({
  [kind]: {
    client_id,
    project_id: `example-${project.id}`,
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: 'https://oauth2.googleapis.com/token',
    auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
    ...(client_secret === '' ? {} : { client_secret }),
    redirect_uris,
  },
})
