-- Tables as they are found in ordinary databases. Statements are separated by an empty line.

CREATE TYPE order_state AS ENUM ('open', 'paid', 'shipped')

CREATE SCHEMA hr

CREATE SCHEMA clinic

CREATE SCHEMA "Blog"

-- shop
CREATE TABLE customers (id bigserial PRIMARY KEY, first_name text NOT NULL, "lastName" text, e_mail text UNIQUE,
  tel varchar(30), dob date, street text, zip varchar(10), city text, country char(2), prefs jsonb,
  active boolean NOT NULL DEFAULT true, created_at timestamptz NOT NULL DEFAULT now())

COMMENT ON TABLE customers IS 'people who buy: "all" of them'

CREATE TABLE products (sku text PRIMARY KEY, name text NOT NULL, description text, price numeric(10,2), stock int,
  valid_from date)

CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers,
  status order_state NOT NULL, total numeric(12,2), note text NOT NULL, placed_at timestamptz, ip inet)

CREATE TABLE order_items (order_id bigint REFERENCES orders, line_no int, sku text REFERENCES products, quantity int,
  PRIMARY KEY (order_id, line_no))

CREATE TABLE payment_cards (pan text PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, holder text,
  expiry date, credit_limit int)

CREATE TABLE newsletter (id int PRIMARY KEY, email text NOT NULL, confirmed boolean)

CREATE TABLE rates (currency char(3), day date, rate numeric, PRIMARY KEY (currency, day))

CREATE TABLE stock_moves (sku text REFERENCES products, at timestamptz, moved int, PRIMARY KEY (sku, at))

-- people at work
CREATE TABLE hr.employees (id int PRIMARY KEY, vorname text, nachname text, gehalt numeric(10,2),
  manager_id int REFERENCES hr.employees, "no" int, iban text, photo bytea)

CREATE TABLE hr.departments (id int PRIMARY KEY, name text, head_id int REFERENCES hr.employees)

CREATE TABLE hr.absences (id uuid PRIMARY KEY, employee_id int NOT NULL REFERENCES hr.employees,
  department_id int REFERENCES hr.departments, diagnosis text, from_day date, comment text)

CREATE TABLE hr.accounts (login text PRIMARY KEY, employee_id int UNIQUE REFERENCES hr.employees, password_hash text)

-- clinic
CREATE TABLE clinic.tenants (id int PRIMARY KEY, name text)

CREATE TABLE clinic.patients (tenant_id int REFERENCES clinic.tenants, no int, name text, ssn text, geburtsdatum date,
  gender char(1), PRIMARY KEY (tenant_id, no))

CREATE TABLE clinic.visits (at timestamptz, id bigint, tenant_id int NOT NULL, patient_no int NOT NULL,
  doctor_id int REFERENCES hr.employees, notes text, lat double precision, PRIMARY KEY (at, id),
  FOREIGN KEY (tenant_id, patient_no) REFERENCES clinic.patients (tenant_id, no)) PARTITION BY RANGE (at)

CREATE TABLE clinic.visits_2025 PARTITION OF clinic.visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')

CREATE TABLE clinic.visits_2026 PARTITION OF clinic.visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')

CREATE TABLE clinic.readings (value real PRIMARY KEY, taken_at timestamptz)

-- blog
CREATE TABLE "Blog"."Authors" ("AuthorId" int PRIMARY KEY, "FullName" text, "E-Mail" text)

CREATE TABLE "Blog"."Posts" ("PostId" int PRIMARY KEY, "Title" text, "Body" text, "CreatedAt" timestamp)

CREATE TABLE "Blog"."Comments" ("Id" bigint PRIMARY KEY, "PostId" int REFERENCES "Blog"."Posts", body text, tags text[])

CREATE TABLE "Blog"."page views" (id int PRIMARY KEY)

CREATE TABLE "Blog"."select" ("null" int PRIMARY KEY, "yes" text, "Order" point)

-- what cannot be captured
CREATE TABLE logbook (at timestamptz, line text)

CREATE UNLOGGED TABLE cache (id int PRIMARY KEY, value text)

CREATE VIEW buyers AS SELECT id FROM customers

CREATE MATERIALIZED VIEW totals AS SELECT sum(total) AS total FROM orders

ALTER TABLE hr.departments REPLICA IDENTITY NOTHING

ALTER TABLE orders REPLICA IDENTITY FULL

CREATE ROLE capturer LOGIN PASSWORD 'hush'

GRANT USAGE ON SCHEMA clinic, hr, "Blog" TO capturer

GRANT SELECT ON ALL TABLES IN SCHEMA public, clinic, "Blog" TO capturer
