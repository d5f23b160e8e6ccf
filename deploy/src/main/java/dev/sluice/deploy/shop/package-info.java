/**
 * The sample shop: a living database with invented people, for the demo and for the end-to-end tests.
 *
 * <p>In order: {@link dev.sluice.deploy.shop.Canary} makes the marked personal values, {@link
 * dev.sluice.deploy.shop.ShopWriter} changes the database one transaction at a time, {@link
 * dev.sluice.deploy.shop.ShopStory} plays a fixed script with it, {@link dev.sluice.deploy.shop.LiveShop} goes on until
 * it is closed, {@link dev.sluice.deploy.shop.MalformedRecords} puts broken records into a raw topic. What really
 * happened is written by triggers into {@code truth.changes}, which is neither published nor readable for capture.
 */
@NullMarked
package dev.sluice.deploy.shop;

import org.jspecify.annotations.NullMarked;
