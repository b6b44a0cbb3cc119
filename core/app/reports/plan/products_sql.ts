/** Products of a row of `order_facts`, and what of it no product has: so the products sum to the whole. */
export const productsOfRows = `ARRAY JOIN
    arrayPushBack(item_product_id, '') AS product_id,
    arrayPushBack(item_product_name, '') AS product_name,
    arrayPushBack(item_gross, if(kind = 'order', gross, refunded) - arraySum(item_gross)) AS item_value,
    arrayPushBack(item_discount, discount - arraySum(item_discount)) AS item_reduction`

export const isProductOrRest = `(product_id != '' OR item_value != 0 OR item_reduction != 0 OR empty(item_product_id))`
