import type pg from 'pg'

export interface DealShape {
  /** The last day on which a deal may close; the first ones began 1,100 days before. */
  readonly until: string
  readonly users: number
  readonly pipelines: number
}

const usual: DealShape = { until: '2026-06-30', users: 40, pipelines: 3 }

/** A number without sign that looks random and is the same on every machine. */
const scatter = (salt: number): string => `(hashint8extended(i::bigint, ${salt}) & 1152921504606846975)`

/**
 * n deals made inside the database by arithmetic alone, so that the same n are the same deals everywhere:
 * half won, a third lost, the rest open; 2 % without amount, 1 % in a currency without rate.
 */
export async function generateDeals(pool: pg.Pool, portalId: number, n: number, shape: Partial<DealShape> = {}): Promise<void> {
  const { until, users, pipelines } = { ...usual, ...shape }
  await generateDirectory(pool, portalId, { users, pipelines })
  await pool.query(`
    insert into crm_deals (portal_id, deal_id, title, category_id, stage_id, semantics, amount_minor, currency,
      amount_base_minor, company_id, assigned_by_id, utm_source, utm_campaign, created_at, closed_at, updated_at)
    select $1, i, 'Affaire ' || i, pipeline,
      case outcome when 'S' then 'WON' when 'F' then 'LOSE' else 'STAGE_' || (r4 % 6) end || '_' || pipeline,
      outcome, amount, case when r5 % 100 = 0 then 'XTS' else 'EUR' end,
      case when r5 % 100 = 0 then null else amount end, r6 % 5000 + 1, r2 % $3 + 1,
      (array['google', 'facebook', 'newsletter'])[r3 % 5 + 1], case when r3 % 5 < 2 then 'Campagne ' || r4 % 20 end, created_at,
      case when outcome <> 'P' then created_at + (r3 % 180) * interval '1 day' + (r4 % 86400) * interval '1 second' end, created_at
    from (
      select *, case when r5 % 50 = 1 then null else (1 + r6 % 50000) * 100 end as amount,
        case when r0 % 100 < 50 then 'S' when r0 % 100 < 83 then 'F' else 'P' end as outcome, r1 % $4 as pipeline,
        $5::timestamptz - interval '181 days' - (r3 % 79488000) * interval '1 second' as created_at
      from (
        select i, ${[11, 23, 37, 41, 53, 67, 79].map((salt, at) => `${scatter(salt)} as r${at}`).join(', ')}
        from generate_series(1, $2::integer) as i
      ) scattered
    ) deals`, [portalId, n, users, pipelines, until])
  await pool.query('analyze crm_deals, insight_deal_days, insight_deal_cycles, insight_open_deals')
}

/** Three years of daily cost: two of the channels that the deals came from, twenty campaigns. */
export async function generateAdCosts(pool: pg.Pool, portalId: number): Promise<void> {
  await pool.query(`
    with source as (insert into data_sources (portal_id, dataset, kind, name, settings) values ($1, 'ad_costs', 'file', 'Régies', '{}') returning source_id)
    insert into ad_costs (portal_id, source_id, day, channel_key, campaign_key, channel, campaign, cost_minor, currency)
    select $1, source_id, day, lower(channel), 'campagne ' || campaign, channel, 'Campagne ' || campaign, 1000 + campaign, 'EUR'
    from source, generate_series(date '2023-07-01', date '2026-06-30', interval '1 day') day, (values ('Google Ads'), ('Meta Ads')) c (channel), generate_series(0, 19) campaign`, [portalId])
}

/** Two products on every twentieth deal, and an activity for every third. */
export async function generateWork(pool: pg.Pool, portalId: number): Promise<void> {
  await pool.query(`
    insert into crm_product_rows (portal_id, deal_id, product_row_id, product_name, price_minor, quantity, discount_rate)
    select $1, deal_id, 2 * deal_id + row, 'Produit ' || row, 10000 + deal_id % 900, 1 + deal_id % 7, deal_id / 20 % 4 * 5
    from crm_deals, generate_series(0, 1) row where portal_id = $1 and deal_id % 20 = 0`, [portalId])
  await pool.query(`
    insert into crm_activities (portal_id, activity_id, owner_type_id, owner_id, type_id, is_completed, created_at)
    select $1, deal_id, 2, deal_id, 1 + deal_id % 4, deal_id % 5 > 0, created_at + (deal_id % 90) * interval '1 day'
    from crm_deals where portal_id = $1 and deal_id % 3 = 0`, [portalId])
}

/** The stages that each deal passed: up to four, a few days each, the open one last. */
export async function generateStageChanges(pool: pg.Pool, portalId: number): Promise<void> {
  await pool.query(`
    insert into crm_stage_changes (portal_id, stage_change_id, deal_id, kind, category_id, stage_id, semantics, at)
    select $1, deal_id * 8::bigint + step, deal_id, case when step = 0 then 1 else 2 end, category_id,
      'STAGE_' || step || '_' || category_id, 'P', created_at + step * (deal_id % 17) * interval '1 day'
    from crm_deals, generate_series(0, 3) step
    where portal_id = $1 and step <= deal_id % 4 and (closed_at is null or created_at + step * (deal_id % 17) * interval '1 day' <= closed_at)`, [portalId])
  await pool.query(`update crm_deals set moved_at = created_at where portal_id = $1 and semantics = 'P'`, [portalId])
  await pool.query('vacuum analyze')
}

async function generateDirectory(pool: pg.Pool, portalId: number, { users, pipelines }: Pick<DealShape, 'users' | 'pipelines'>): Promise<void> {
  await pool.query(`insert into crm_users (portal_id, user_id, name, last_name, department_ids)
    select $1, i, 'Prénom ' || i, 'Nom ' || i, array[i % 8 + 1] from generate_series(1, $2::integer) i
    on conflict do nothing`, [portalId, users])
  await pool.query(`insert into crm_departments (portal_id, department_id, name, parent_id)
    select $1, i, 'Service ' || i, case when i > 1 then 1 end from generate_series(1, 8) i on conflict do nothing`, [portalId])
  await pool.query(`insert into crm_categories (portal_id, entity_type_id, category_id, name, sort, is_default)
    select $1, 2, i, 'Pipeline ' || i, i, i = 0 from generate_series(0, $2::integer - 1) i on conflict do nothing`, [portalId, pipelines])
  await pool.query(`insert into crm_stages (portal_id, entity_type_id, stage_id, category_id, name, sort, semantics)
    select $1, 2, code || '_' || i, i, name, sort, semantics
    from generate_series(0, $2::integer - 1) i,
      (select 'STAGE_' || s as code, 'Étape ' || s + 1 as name, s * 10 as sort, 'P' as semantics from generate_series(0, 5) s
        union all values ('WON', 'Gagnée', 100, 'S'), ('LOSE', 'Perdue', 110, 'F')) stages
    on conflict do nothing`, [portalId, pipelines])
}
