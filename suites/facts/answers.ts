/**
 * What Google answers to a configuration that it refuses, in its own words; `fixtures/google` names the source of each.
 * Of a page with several paragraphs, the first.
 */
export const answers = {
  redirectUriMismatch:
    "Error 400: redirect_uri_mismatch, You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy.",
  invalidRedirectUri:
    "Error 400: invalid_request, You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy for keeping apps secure.",
  privateAddress: (uri: string) =>
    `Error 400: invalid_request, device_id and device_name are required for private IP: ${uri}`,
  outOfBand:
    'Error 400: invalid_request, The out-of-band (OOB) flow has been blocked in order to keep users secure. Follow the Out-of-Band (OOB) flow migration guide linked in the developer docs below to migrate your app to an alternative method.',
  outOfBandWeb: (uri: string) =>
    `Error 400: redirect_uri_mismatch, The redirect URI in the request, ${uri}, can only be used by a Client ID for native application. It is not allowed for the WEB client type. You can create a Client ID for native application at https://console.developers.google.com/apis/credentials/oauthclient`,
  loopbackBlocked:
    'Error 400: invalid_request, The loopback flow has been blocked in order to keep users secure. Follow the Loopback IP Address flow migration guide linked in the developer docs below to migrate your app to an alternative method.',
  customSchemeWeb: "Error 400: invalid_request, Custom scheme URIs are not allowed for 'WEB' client type.",
  customSchemeAndroid: 'Error 400: invalid_request, Custom URI scheme is not enabled for your Android client.',
  customSchemeChrome: 'Error 400: invalid_request, Custom URI scheme is not supported on Chrome apps.',
  clientUnknown: 'Error 401: invalid_client, The OAuth client was not found.',
  clientDeleted: 'Error 401: deleted_client, The OAuth client was deleted.',
  deviceScope: (scope: string) => `400 invalid_scope, Invalid device flow scope: ${scope}`,
  notDelegated:
    '401 unauthorized_client, Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
} as const
