import { field, z } from '@analyticaflow/sdk'

/** What a shop is called at Shopify; a domain of the merchant's own is none. */
const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/

/** Host of a shop; anything but a name under myshopify.com is refused, so no request goes elsewhere. */
export const ShopDomain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(SHOP, 'Expected the domain that Shopify gave the shop, such as my-shop.myshopify.com')

/** Settings of a connection to one shop. */
export const Config = z.object({
  shop: field(ShopDomain, {
    label: 'Shop',
    help: 'The domain under myshopify.com, see Settings → Domains in the admin.',
    host: true,
  }),
  access_token: field(z.string().trim().min(1).optional(), {
    label: 'Access token',
    help: 'Of a custom app that was made in the admin of the shop; begins with shpat_.',
    secret: true,
  }),
  personal_data: field(z.boolean().default(true), {
    label: 'Read e-mail addresses and telephone numbers',
    help: 'They join orders to visits and deals of the same person. Shopify grants them to an app on request; switch this off to go without.',
  }),
})
export type Config = z.infer<typeof Config>
