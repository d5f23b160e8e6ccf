-- The sample shop. Owned by the superuser; capture may only read and replicate.
CREATE TYPE order_status AS ENUM ('placed', 'paid', 'shipped', 'returned', 'cancelled');

CREATE TABLE customers (
  id bigint PRIMARY KEY,
  full_name text NOT NULL,
  email text NOT NULL,
  phone text,
  birth_date date,
  street text,
  city text,
  postcode text,
  country text NOT NULL,
  prefs jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  updated_at timestamp NOT NULL
);

CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL,
  status order_status NOT NULL,
  total numeric(12,2) NOT NULL,
  note text,
  placed_at timestamptz NOT NULL
);

CREATE TABLE order_items (
  order_id bigint NOT NULL,
  line_no integer NOT NULL,
  sku text NOT NULL,
  quantity integer NOT NULL,
  unit_price numeric(10,2) NOT NULL,
  PRIMARY KEY (order_id, line_no)
);

CREATE TABLE support_notes (
  id uuid PRIMARY KEY,
  customer_id bigint NOT NULL,
  channel text NOT NULL,
  body text NOT NULL,
  tags text[] NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE payment_cards (
  pan text PRIMARY KEY,
  customer_id bigint NOT NULL,
  holder text NOT NULL,
  expiry date NOT NULL,
  limit_amount numeric(10,2)
);

CREATE TABLE scratch_carts (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL,
  payload text NOT NULL
);

-- Full before images everywhere but in order_items, so that both ways stay exercised.
ALTER TABLE customers REPLICA IDENTITY FULL;
ALTER TABLE orders REPLICA IDENTITY FULL;
ALTER TABLE support_notes REPLICA IDENTITY FULL;
ALTER TABLE payment_cards REPLICA IDENTITY FULL;
ALTER TABLE scratch_carts REPLICA IDENTITY FULL;

GRANT USAGE ON SCHEMA public TO sluice;
GRANT SELECT ON customers, orders, order_items, support_notes, payment_cards, scratch_carts TO sluice;
CREATE PUBLICATION sluice_shop
  FOR TABLE customers, orders, order_items, support_notes, payment_cards, scratch_carts;

-- The second reader: what really happened, written by the database itself. Not published, not readable for capture.
CREATE SCHEMA truth;

CREATE TABLE truth.changes (
  id bigserial PRIMARY KEY,
  table_name text NOT NULL,
  op char(1) NOT NULL,
  tx bigint NOT NULL,
  tx_time timestamptz NOT NULL,
  clock_time timestamptz NOT NULL,
  key text,
  old_row jsonb,
  new_row jsonb
);

CREATE FUNCTION truth.key_of(image jsonb, columns text[]) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT string_agg(image ->> c, '|' ORDER BY n) FROM unnest(columns) WITH ORDINALITY AS k(c, n) $$;

CREATE FUNCTION truth.note() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
  old_row jsonb;
  new_row jsonb;
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN old_row := to_jsonb(OLD); END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN new_row := to_jsonb(NEW); END IF;
  INSERT INTO truth.changes (table_name, op, tx, tx_time, clock_time, key, old_row, new_row)
  VALUES (TG_TABLE_NAME, left(TG_OP, 1), pg_current_xact_id()::text::bigint, transaction_timestamp(),
          clock_timestamp(), truth.key_of(coalesce(new_row, old_row), TG_ARGV), old_row, new_row);
  RETURN NULL;
END
$$;

CREATE TRIGGER truth AFTER INSERT OR UPDATE OR DELETE ON customers FOR EACH ROW EXECUTE FUNCTION truth.note('id');
CREATE TRIGGER truth AFTER INSERT OR UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION truth.note('id');
CREATE TRIGGER truth AFTER INSERT OR UPDATE OR DELETE ON order_items
  FOR EACH ROW EXECUTE FUNCTION truth.note('order_id', 'line_no');
CREATE TRIGGER truth AFTER INSERT OR UPDATE OR DELETE ON support_notes FOR EACH ROW EXECUTE FUNCTION truth.note('id');
CREATE TRIGGER truth AFTER INSERT OR UPDATE OR DELETE ON payment_cards FOR EACH ROW EXECUTE FUNCTION truth.note('pan');
CREATE TRIGGER truth AFTER INSERT OR UPDATE OR DELETE ON scratch_carts FOR EACH ROW EXECUTE FUNCTION truth.note('id');

CREATE TRIGGER truth_truncate AFTER TRUNCATE ON customers FOR EACH STATEMENT EXECUTE FUNCTION truth.note();
CREATE TRIGGER truth_truncate AFTER TRUNCATE ON orders FOR EACH STATEMENT EXECUTE FUNCTION truth.note();
CREATE TRIGGER truth_truncate AFTER TRUNCATE ON order_items FOR EACH STATEMENT EXECUTE FUNCTION truth.note();
CREATE TRIGGER truth_truncate AFTER TRUNCATE ON support_notes FOR EACH STATEMENT EXECUTE FUNCTION truth.note();
CREATE TRIGGER truth_truncate AFTER TRUNCATE ON payment_cards FOR EACH STATEMENT EXECUTE FUNCTION truth.note();
CREATE TRIGGER truth_truncate AFTER TRUNCATE ON scratch_carts FOR EACH STATEMENT EXECUTE FUNCTION truth.note();
