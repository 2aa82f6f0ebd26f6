const policy = {
  level: 1,
  secondFactor: 'optional',
  methods: ['totp', 'sms-code'],
  first: 'totp',
  registrationPhone: 'optional',
  smsAlone: true,
} as const;

const PIXEL = `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')}`;

/** Three relying parties: a portal with a server, an app in the browser, and one that wants two factors. */
export const CLIENTS = [
  {
    clientId: 'portal',
    clientSecret: 'a-secret-of-the-portal-that-is-long-enough',
    name: { it: 'Portale', en: 'Portal' },
    homeUrl: 'https://portal.example.org/',
    logo: PIXEL,
    redirectUris: ['https://portal.example.org/callback'],
    postLogoutRedirectUris: ['https://portal.example.org/signed-out'],
    tokenEndpointAuthMethod: 'client_secret_basic',
    scopes: ['openid', 'email', 'phone', 'profile', 'offline_access'],
    policy,
  },
  {
    clientId: 'spa',
    name: { it: 'App', en: 'App' },
    redirectUris: ['https://spa.example.org/callback', 'https://spa.example.org/other?x=1'],
    postLogoutRedirectUris: ['https://spa.example.org/'],
    tokenEndpointAuthMethod: 'none',
    scopes: ['openid', 'email', 'offline_access'],
    policy,
  },
  {
    clientId: 'strict',
    clientSecret: 'a-secret-of-the-strict-one-long-enough',
    name: { it: 'Severo', en: 'Strict' },
    redirectUris: ['https://strict.example.org/callback'],
    tokenEndpointAuthMethod: 'client_secret_post',
    scopes: ['openid', 'profile'],
    idTokenSignedResponseAlg: 'PS256',
    policy: { ...policy, level: 2, secondFactor: 'required' },
  },
  {
    clientId: 'desktop',
    name: { it: 'Scrivania', en: 'Desktop' },
    redirectUris: ['http://127.0.0.1/callback'],
    tokenEndpointAuthMethod: 'none',
    applicationType: 'native',
    scopes: ['openid'],
    policy,
  },
] as const;
